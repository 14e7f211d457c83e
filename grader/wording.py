"""How numbers, shapes and lists of things are written in a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

MAX_DIGITS = 17
WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number(value: Any, digits: int = 5) -> str:
    """A number with a true minus sign, and × 10ⁿ where the exponent is large."""
    if isinstance(value, complex):
        return f"{number(value.real, digits)} + {number(value.imag, digits)}i"
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value + 0.0:.{digits}g}"  # −0.0 + 0.0 is 0.0
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa} × 10{superscript(int(exponent))}".replace("-", "−")
    return text.replace("-", "−")


def superscript(exponent: int) -> str:
    """−7 as ⁻⁷."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def pair(got: Any, expected: Any) -> tuple[str, str]:
    """Both with as many digits as it takes to see them differ."""
    digits = 5
    if isinstance(got, int | float) and isinstance(expected, int | float):
        scale, error = max(abs(got), abs(expected)), abs(got - expected)
        if 0 < error < math.inf and scale < math.inf:
            digits = min(max(5, math.ceil(math.log10(scale / error)) + 2), MAX_DIGITS)
    return number(got, digits), number(expected, digits)


def shape(axes: Sequence[int]) -> str:
    """(3, 4), as NumPy prints it."""
    return str(tuple(int(n) for n in axes))


def count(n: int, noun: str, plural: str = "") -> str:
    """ "two values", "1 value" in words up to twelve."""
    word = WORDS[n] if 0 <= n < len(WORDS) else str(n)
    return f"{word} {noun if n == 1 else plural or noun + 's'}"


def listing(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def type_of(value: Any) -> str:
    """What a learner would call the type of a returned value."""
    from grader.values import Opaque, Tensor

    if isinstance(value, Opaque):
        return value.type_name or "object of a class without a name"
    if value is None:
        return "None"
    if isinstance(value, Tensor):
        return "tensor"
    if isinstance(value, np.ndarray):
        return "array" if value.ndim else "array without axes"
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}"
    return type(value).__name__


def with_article(noun: str) -> str:
    """ "an array", "a tensor", "None"."""
    if noun == "None":
        return noun
    return f"{'an' if noun.lower().startswith(tuple('aeiou')) else 'a'} {noun}"


def capital(sentence: str) -> str:
    """The first letter large, unless it is code (dx stays dx)."""
    return sentence[:1].upper() + sentence[1:]
