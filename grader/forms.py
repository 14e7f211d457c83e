"""What a returned value must look like before an author's property may look into it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader import feedback
from grader.errors import ReferenceError_
from grader.exercise import Form, FormKind
from grader.finding import Finding
from grader.structure import Precision, gate, outputs
from grader.values import MAX_DEPTH, Opaque, Tensor, Value

Arguments = Mapping[str, Any]
MAX_NESTING = MAX_DEPTH - 4  # of a value inside the message that carries it to the author's function
MAX_TEXT = 100  # characters of a text in a nested value


def gate_forms(
    got: Value, forms: tuple[Form, ...], names: tuple[str, ...], arguments: Arguments, precision: Precision
) -> Finding | None:
    """What is wrong with the form of an answer, if anything."""
    parts = outputs(got, names)
    if isinstance(parts, Finding):
        return parts
    for part, form, name in zip(parts, forms, names, strict=True):
        found = _gate(part, form, name, arguments, precision)
        if found is not None:
            return found
    return None


def like(forms: tuple[Form, ...], arguments: Arguments) -> list[Value]:
    """Values of the size that is due; no memory is taken for them."""
    return [_model(form, arguments) for form in forms if form.kind is not FormKind.NESTED]


def _gate(got: Value, form: Form, name: str, arguments: Arguments, precision: Precision) -> Finding | None:
    if form.kind is FormKind.NESTED:
        return _nested(got, form, name)
    gated = gate(got, _model(form, arguments), names=(name,), precision=precision)
    return gated if isinstance(gated, Finding) else None


def _model(form: Form, arguments: Arguments) -> Value:
    """A float, or an array of the shape that is due."""
    if form.kind is FormKind.FLOAT:
        return 0.0
    if isinstance(form.shape, str):
        lengths = _lengths(arguments[form.shape])
    else:
        lengths = tuple(arguments[n] if isinstance(n, str) else n for n in form.shape)
    if not all(type(n) is int and n >= 0 for n in lengths):
        raise ReferenceError_(f"exercise.toml: result: expected lengths of axes, got {lengths!r}")
    return np.broadcast_to(0.0, lengths)


def _lengths(argument: Any) -> tuple[Any, ...]:
    """The shape of an array, or a tuple or list that is one."""
    if isinstance(argument, Tensor):
        argument = argument.array
    return argument.shape if isinstance(argument, np.ndarray) else tuple(argument)


def _nested(got: Value, form: Form, name: str) -> Finding | None:
    """Level by level, so that no depth of a student's is recursed into."""
    level: list[Any] = [got]
    size = 0
    for _ in range(form.depth + 1):
        size += len(level)
        if size > form.size:
            return feedback.nested_too_far(name, "values", form.size)
        for one in level:
            found = _leaf(one, name, form)
            if found is not None:
                return found
        level = [part for one in level if isinstance(one, tuple) for part in one]
        if not level:
            return None
    return feedback.nested_too_far(name, "tuples in one another", form.depth)


def _leaf(one: Any, name: str, form: Form) -> Finding | None:
    if isinstance(one, tuple):
        return None
    if isinstance(one, Opaque) and one.type_name == "tuple":  # too deep to travel
        return feedback.nested_too_far(name, "tuples in one another", form.depth)
    if isinstance(one, str):
        return (
            feedback.nested_too_far(name, "characters in a text", MAX_TEXT) if len(one) > MAX_TEXT else None
        )
    where = name if one is None else f"A part of {name}"
    if isinstance(one, bool) or not isinstance(one, int | float | np.floating | np.integer):
        return feedback.wrong_type(where, one, "a text, a number or a tuple")
    return None if math.isfinite(one) else feedback.not_finite(where, float(one), 0.0)
