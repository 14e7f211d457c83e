"""From text to tokens: numbers, names and signs, each with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from grader.formula.errors import FormulaError

# what keyboards, word processors and web pages give for the same sign
SAME = str.maketrans("−–·⋅×∗÷∕ϕ", "--****//φ")
POWERS = {"²": "2", "³": "3"}
TOKEN = re.compile(
    r"(?P<space>[ \t\u00a0]+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-zΑ-Ωα-ω_][A-Za-zΑ-Ωα-ω_0-9]*)"
    r"|(?P<power>\*\*|\^)"
    r"|(?P<raised>[²³])"
    r"|(?P<sign>[-+*/(),√])"
)


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    NAME = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """A piece of the text, from `start` up to `end`."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind is Kind.SIGN and self.text in signs


def tokens(text: str) -> list[Token]:
    """All tokens, the last of kind END."""
    return [*_tokens(text.translate(SAME)), Token(Kind.END, "", len(text), len(text))]


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise FormulaError(_stranger(text[at]), at)
        at = match.end()
        yield from _token(match)


def _token(match: re.Match[str]) -> Iterator[Token]:
    text, start, end = match.group(), match.start(), match.end()
    match match.lastgroup:
        case "number":
            if not math.isfinite(float(text)):
                raise FormulaError(f"`{_short(text)}` is larger than any number of float64.", start)
            yield Token(Kind.NUMBER, text, start, end)
        case "name":
            yield Token(Kind.NAME, text, start, end)
        case "power":
            yield Token(Kind.SIGN, "^", start, end)
        case "raised":
            yield Token(Kind.SIGN, "^", start, end)
            yield Token(Kind.NUMBER, POWERS[text], start, end)
        case "sign" if text == "√":
            yield Token(Kind.NAME, "sqrt", start, end)
        case "sign":
            yield Token(Kind.SIGN, text, start, end)


ADVICE = {
    "=": "One `=` is enough: the name stands before it, the formula after it.",
    "[": "Use round parentheses.",
    "]": "Use round parentheses.",
    "{": "Use round parentheses.",
    "}": "Use round parentheses.",
    "'": "Write the derivative out; a prime stands on the left of `=` only.",
    "|": "Write abs(x) for |x|.",
    "%": "There is no % here.",
    ".": "A number needs a digit beside its point.",
    "\\": "This is no LaTeX: write exp(x), sqrt(x), a/b.",
    "!": "There is no factorial here.",
}


def _stranger(character: str) -> str:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"`{shown}` has no meaning in a formula. {ADVICE.get(character, '')}".strip()


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
