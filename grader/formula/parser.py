"""From a text to a `Formula`, by recursive descent.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/" | nothing) signed }
    signed  = ("-" | "+") signed | power
    power   = atom [ ("^" | "**") signed ]
    atom    = number | variable | constant | function "(" sum { "," sum } ")" | "(" sum ")"

"Nothing" multiplies, as in 2x or x(1 - x), but not where a reader could take it in two ways: after a
division (1/2x) and after a power (e^2x) it is an error that asks for parentheses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from grader.formula.errors import FormulaError
from grader.formula.functions import CONSTANTS, FUNCTIONS, NAMES, Function
from grader.formula.tokens import Kind, Token, tokens
from grader.formula.tree import (
    Call,
    Constant,
    Enclosed,
    Node,
    Power,
    Product,
    Span,
    Sum,
    Variable,
    broken_at,
)
from grader.wording import count, listing

MAX_LENGTH = 1000  # characters
MAX_DEPTH = 40  # parentheses in parentheses, signs before signs, powers of powers
MAX_NODES = 400


@dataclass(frozen=True)
class Formula:
    """A formula that was read."""

    text: str
    tree: Node

    @np.errstate(all="ignore")  # what overflows is infinite, what is undefined is NaN
    def __call__(self, values: Mapping[str, float]) -> float:
        """Its value in float64."""
        return float(self.tree.value(_doubles(values)))

    @np.errstate(all="ignore")
    def broken_at(self, values: Mapping[str, float]) -> str:
        """The piece of the text that first has no finite value there; empty if all have one."""
        node = broken_at(self.tree, _doubles(values))
        return self.text[node.span.start : node.span.end] if node is not None else ""


def _doubles(values: Mapping[str, float]) -> dict[str, np.float64]:
    return {name: np.float64(value) for name, value in values.items()}


def parse(text: str, variables: Sequence[str]) -> Formula:
    """The formula in these variables; FormulaError for everything that is none."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"This is longer than {MAX_LENGTH} characters; no formula here is.", MAX_LENGTH)
    return Formula(text, _Parser(tokens(text), tuple(variables)).whole())


class _Parser:
    def __init__(self, found: list[Token], variables: tuple[str, ...]) -> None:
        self.tokens, self.variables = found, variables
        self.position = self.depth = self.nodes = 0

    def whole(self) -> Node:
        """All of the text."""
        if self.at_end():
            raise FormulaError("A formula is due here.", self.next.start)
        tree = self.sum()
        if not self.at_end():
            raise FormulaError(self.leftover(), self.next.start)
        return tree

    def sum(self) -> Node:
        terms = [(1, self.product())]
        while self.next.is_sign("+", "-"):
            sign = 1 if self.take().text == "+" else -1
            terms.append((sign, self.product()))
        return self.made(Sum(tuple(terms), _over(terms[0][1], terms[-1][1]))) if terms[1:] else terms[0][1]

    def product(self) -> Node:
        factors = [(False, self.signed())]
        while True:
            if self.next.is_sign("*", "/"):
                divides = self.take().text == "/"
                factors.append((divides, self.signed()))
            elif self.begins_atom():
                self.refuse_two_readings(*factors[-1])
                factors.append((False, self.power()))
            else:
                break
        whole = Product(tuple(factors), _over(factors[0][1], factors[-1][1]))
        return self.made(whole) if factors[1:] else factors[0][1]

    def signed(self) -> Node:
        if not self.next.is_sign("+", "-"):
            return self.power()
        token = self.take()
        self.deeper(token)
        inner = self.signed()
        self.depth -= 1
        span = Span(token.start, inner.span.end)
        return self.made(Sum(((1 if token.text == "+" else -1, inner),), span))

    def power(self) -> Node:
        base = self.atom()
        if not self.next.is_sign("^"):
            return base
        self.deeper(self.take())
        exponent = self.signed()
        self.depth -= 1
        return self.made(Power(base, exponent, _over(base, exponent)))

    def atom(self) -> Node:
        token = self.take()
        span = Span(token.start, token.end)
        if token.kind is Kind.NUMBER:
            return self.made(Constant(float(token.text), span))
        if token.is_sign("("):
            return self.parenthesis(token)
        if token.kind is not Kind.NAME:
            raise FormulaError(_misplaced(token), token.start)
        if token.text in self.variables:
            return self.made(Variable(token.text, span))
        if token.text in CONSTANTS:
            return self.made(Constant(CONSTANTS[token.text], span))
        if token.text in FUNCTIONS:
            return self.call(token, FUNCTIONS[token.text])
        raise FormulaError(self.unknown(token), token.start)

    def parenthesis(self, opening: Token) -> Node:
        self.deeper(opening)
        inner = self.sum()
        closing = self.close(opening)
        self.depth -= 1
        return Enclosed(inner, Span(opening.start, closing.end))

    def call(self, token: Token, function: Function) -> Node:
        if not self.next.is_sign("("):
            hint = f"write {token.text}(x)^2" if self.next.is_sign("^") else f"write {token.text}(x)"
            raise FormulaError(f"`{token.text}` is a function and needs parentheses: {hint}.", token.start)
        opening = self.take()
        self.deeper(opening)
        arguments = [self.sum()]
        while self.next.is_sign(","):
            self.take()
            arguments.append(self.sum())
        closing = self.close(opening)
        self.depth -= 1
        due = function.arguments
        if len(arguments) != due if due is not None else len(arguments) < 2:
            wanted = "two arguments or more" if due is None else count(due, "argument")
            raise FormulaError(f"`{token.text}` takes {wanted}, not {len(arguments)}.", token.start)
        return self.made(Call(function, tuple(arguments), Span(token.start, closing.end)))

    # the text

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def at_end(self) -> bool:
        return self.next.kind is Kind.END

    def take(self) -> Token:
        token = self.tokens[self.position]
        if token.kind is not Kind.END:
            self.position += 1
        return token

    def close(self, opening: Token) -> Token:
        if self.next.is_sign(")"):
            return self.take()
        if self.at_end():
            raise FormulaError("This parenthesis is not closed.", opening.start)
        raise FormulaError(self.leftover(), self.next.start)

    def begins_atom(self) -> bool:
        return self.next.kind in (Kind.NUMBER, Kind.NAME) or self.next.is_sign("(")

    # bounds

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(
                f"This is nested more than {MAX_DEPTH} times; no formula here is.", token.start
            )

    def made(self, node: Node) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise FormulaError(f"This has more than {MAX_NODES} parts; no formula here has.", node.span.start)
        return node

    # sentences

    def refuse_two_readings(self, divides: bool, factor: Node) -> None:
        """Before a factor without a sign in front."""
        token = self.next
        if divides:
            sentence = "After a division this can be read in two ways: write a/(b*c), or (a/b)*c."
            raise FormulaError(sentence, token.start)
        if isinstance(factor, Power) and not isinstance(factor.exponent, Enclosed):
            sentence = "After a power this can be read in two ways: write a^(b*c), or a^b * c."
            raise FormulaError(sentence, token.start)
        if token.kind is Kind.NUMBER:
            raise FormulaError("A number after a factor needs a sign before it: write `*`.", token.start)

    def leftover(self) -> str:
        if self.next.is_sign(")"):
            return "This parenthesis closes nothing: there is none open before it."
        if self.next.is_sign(","):
            return "A comma separates arguments. A decimal is written with a point: 0.5."
        return "An operator is missing before this."

    def unknown(self, token: Token) -> str:
        name = token.text if len(token.text) <= 20 else token.text[:19] + "…"
        known = [*self.variables, *FUNCTIONS, *CONSTANTS]
        if factors := self.run_together(token.text):
            spaced, signed = " ".join(factors), "*".join(factors)
            return f"A product needs a space or a sign between its factors: write `{spaced}` or `{signed}`."
        if self.next.is_sign("("):
            close = get_close_matches(token.text[:20], FUNCTIONS, 1)
            meant = f"Did you mean `{close[0]}`?" if close else f"There are {listing(NAMES)}."
            return f"`{name}` is no function that is known here. {meant}"
        if all(letter in self.variables for letter in token.text):
            return f"A product needs a sign between its factors: write {'*'.join(token.text[:20])}."
        close = get_close_matches(token.text[:20], known, 1) or [n for n in known if n == token.text.lower()]
        if close:
            return f"`{name}` is not known here. Did you mean `{close[0]}`?"
        what = "variable is" if len(self.variables) == 1 else "variables are"
        return (
            f"`{name}` is not known here; the {what} {listing(self.variables)}. A product needs a sign: a*b."
        )

    def run_together(self, text: str) -> list[str]:
        """xφ as x and φ, if it is a known name before another; φ only where its argument follows."""
        values = {*self.variables, *CONSTANTS}
        last = {*values, *FUNCTIONS} if self.next.is_sign("(") else values
        cuts = ((text[:i], text[i:]) for i in range(1, len(text)))
        factors = next(([*cut] for cut in cuts if cut[0] in values and cut[1] in last), [])
        if factors and factors[1] in FUNCTIONS:
            factors[1] += "(…)"
        return factors


def _misplaced(token: Token) -> str:
    if token.kind is Kind.END:
        return "The formula stops here; something is due after the last sign."
    if token.is_sign(")"):
        return "Something is due before this parenthesis."
    return f"Something is due before `{token.text}`."


def _over(first: Node, last: Node) -> Span:
    return Span(first.span.start, last.span.end)
