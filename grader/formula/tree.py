"""What a formula is made of. Sums and products are flat: a tree is no deeper than its parentheses are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from grader.formula.functions import Function, Number

Values = Mapping[str, Number]


@dataclass(frozen=True)
class Span:
    """Where a piece stands in the text."""

    start: int
    end: int


class Node(Protocol):
    """A piece of a formula."""

    @property
    def span(self) -> Span:
        """Its place."""
        ...

    @property
    def parts(self) -> tuple[Node, ...]:
        """The pieces it is made of."""
        ...

    def value(self, values: Values) -> Number:
        """Its value in float64; NaN or infinite where it has none."""
        ...


@dataclass(frozen=True)
class Constant:
    """A number, or π, or e."""

    number: float
    span: Span
    parts: tuple[Node, ...] = ()

    def value(self, _values: Values) -> Number:
        """Itself."""
        return np.float64(self.number)


@dataclass(frozen=True)
class Variable:
    """x."""

    name: str
    span: Span
    parts: tuple[Node, ...] = ()

    def value(self, values: Values) -> Number:
        """What it stands for."""
        return values[self.name]


@dataclass(frozen=True)
class Sum:
    """a + b − c: each term with its sign. −a is a sum of one term."""

    terms: tuple[tuple[int, Node], ...]
    span: Span

    @property
    def parts(self) -> tuple[Node, ...]:
        """The terms."""
        return tuple(term for _, term in self.terms)

    def value(self, values: Values) -> Number:
        """From left to right."""
        (sign, first), *others = self.terms
        total = sign * first.value(values)
        for sign, term in others:
            total = total + sign * term.value(values)
        return total


@dataclass(frozen=True)
class Product:
    """a · b / c: each factor, and whether it divides."""

    factors: tuple[tuple[bool, Node], ...]  # the first does not
    span: Span

    @property
    def parts(self) -> tuple[Node, ...]:
        """The factors."""
        return tuple(factor for _, factor in self.factors)

    def value(self, values: Values) -> Number:
        """From left to right."""
        total = self.factors[0][1].value(values)
        for divides, factor in self.factors[1:]:
            other = factor.value(values)
            total = total / other if divides else total * other
        return total


@dataclass(frozen=True)
class Power:
    """base ^ exponent."""

    base: Node
    exponent: Node
    span: Span

    @property
    def parts(self) -> tuple[Node, ...]:
        """Base and exponent."""
        return self.base, self.exponent

    def value(self, values: Values) -> Number:
        """NaN for a broken power of a negative number."""
        return np.power(self.base.value(values), self.exponent.value(values))


@dataclass(frozen=True)
class Enclosed:
    """(a): what can be read in one way only."""

    inner: Node
    span: Span

    @property
    def parts(self) -> tuple[Node, ...]:
        """What stands inside."""
        return (self.inner,)

    def value(self, values: Values) -> Number:
        """That of the inside."""
        return self.inner.value(values)


@dataclass(frozen=True)
class Call:
    """A function of what stands in its parentheses."""

    function: Function
    parts: tuple[Node, ...]
    span: Span

    def value(self, values: Values) -> Number:
        """What the function gives."""
        return self.function.compute(*(part.value(values) for part in self.parts))


def broken_at(node: Node, values: Values) -> Node | None:
    """The first piece that is NaN or infinite while all of its own pieces are finite."""
    for part in node.parts:
        found = broken_at(part, values)
        if found is not None:
            return found
    return None if np.isfinite(node.value(values)) else node
