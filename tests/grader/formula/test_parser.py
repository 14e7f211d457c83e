"""What a text means as a formula, and what is said where it means nothing."""

import math
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.formula import Formula, FormulaError, parse
from grader.formula.functions import CONSTANTS, FUNCTIONS
from grader.formula.parser import MAX_DEPTH, MAX_LENGTH, MAX_NODES

X = 1.7


def value(text: str, **values: float) -> float:
    """The formula's value at x = 1.7, or at the values given."""
    values = values or {"x": X}
    return parse(text, tuple(values))(values)


def refusal(text: str, *variables: str) -> tuple[str, int]:
    """With which sentence a text is refused, and at which column."""
    with pytest.raises(FormulaError) as refused:
        parse(text, variables or ("x",))
    return refused.value.sentence, refused.value.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("8 / 4 / 2", 1.0),
        ("8 / 4 * 2", 4.0),
        ("7 - 4 - 2", 1.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("2 ** 3", 8.0),
        ("-2 ^ 2", -4.0),
        ("(-2) ^ 2", 4.0),
        ("2 ^ -1", 0.5),
        ("2 * -3", -6.0),
        ("--2", 2.0),
        ("+2", 2.0),
        (".5 + 2. + 1e-1", 2.6),
        ("2e3", 2000.0),
    ],
)
def test_operators_bind_as_in_mathematics(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2x", 2 * X),
        ("2x^2", 2 * X**2),
        ("x(1 - x)", X * (1 - X)),
        ("(1 + x)(1 - x)", (1 + X) * (1 - X)),
        ("2 exp(x) x", 2 * math.exp(X) * X),
        ("x exp(-x²/2)", X * math.exp(-(X**2) / 2)),
        ("2(x)", 2 * X),
        ("2e", 2 * math.e),
        ("(x)^(2)(x)", X**3),
    ],
)
def test_factors_may_stand_side_by_side(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("text", ["1/2x", "1/2(x)", "e^2x", "x^2(1 - x)", "2^-x exp(x)"])
def test_what_can_be_read_in_two_ways_asks_for_parentheses(text):
    sentence, _ = refusal(text)

    assert "two ways" in sentence


def test_every_function_and_constant_has_its_value():
    expected = {
        "exp(x)": math.exp(X),
        "ln(x)": math.log(X),
        "log(x)": math.log(X),
        "√(x)": math.sqrt(X),
        "sqrt(x)": math.sqrt(X),
        "abs(-x)": X,
        "sin(x)": math.sin(X),
        "cos(x)": math.cos(X),
        "tan(x)": math.tan(X),
        "sinh(x)": math.sinh(X),
        "cosh(x)": math.cosh(X),
        "tanh(x)": math.tanh(X),
        "sigmoid(x)": 1 / (1 + math.exp(-X)),
        "σ(x)": 1 / (1 + math.exp(-X)),
        "sigma(x)": 1 / (1 + math.exp(-X)),
        "softplus(x)": math.log(1 + math.exp(X)),
        "erf(x)": math.erf(X),
        "Phi(x)": (1 + math.erf(X / math.sqrt(2))) / 2,
        "Φ(x)": (1 + math.erf(X / math.sqrt(2))) / 2,
        "phi(x)": math.exp(-X * X / 2) / math.sqrt(2 * math.pi),
        "φ(x)": math.exp(-X * X / 2) / math.sqrt(2 * math.pi),
        "max(x, 3, 1)": 3.0,
        "min(x, 3)": X,
        "pi": math.pi,
        "π": math.pi,
        "e": math.e,
    }

    assert {text.split("(")[0] for text in expected} - {"√"} == FUNCTIONS.keys() | CONSTANTS.keys()
    for text, due in expected.items():
        assert value(text) == pytest.approx(due, rel=1e-14), text


def test_signs_from_web_pages_and_word_processors_are_read():
    assert value("2·x × x − x ÷ 2 + x³") == pytest.approx(2 * X * X - X / 2 + X**3, rel=1e-15)


def test_variables_are_those_of_the_exercise_and_come_before_constants():
    assert value("x1 x2 + e", x1=2.0, x2=3.0, e=10.0) == 16.0


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 0, "A formula is due"),
        ("x +", 3, "something is due after"),
        ("* x", 0, "Something is due before `*`"),
        ("(1 + x", 0, "not closed"),
        ("exp(x", 3, "not closed"),
        ("1 + x)", 5, "closes nothing"),
        ("exp()", 4, "Something is due"),
        ("0,5 x", 1, "written with a point"),
        ("sin x", 0, "write sin(x)"),
        ("sin^2(x)", 0, "write sin(x)^2"),
        ("1 + y", 4, "the variable is x"),
        ("Sigmoid(x)", 0, "Did you mean `sigmoid`?"),
        ("f(x)", 0, "There are exp, log, sqrt"),
        ("X", 0, "Did you mean `x`?"),
        ("log(x, 2)", 0, "takes one argument, not 2"),
        ("max(x)", 0, "two arguments or more"),
        ("x 2", 2, "write `*`"),
        ("1e999", 0, "larger than any number"),
        ("x = 2", 2, "One `=` is enough"),
        ("\\exp(x)", 0, "no LaTeX"),
        ("|x|", 0, "abs(x)"),
        ("x!", 1, "no factorial"),
        ("x\u0007", 1, "U+0007"),
    ],
)
def test_what_is_no_formula_is_refused_where_it_goes_wrong(text, column, words):
    sentence, at = refusal(text)

    assert words in sentence
    assert at == column


def test_two_variables_without_a_sign_are_told_to_have_one():
    assert "write `x y` or `x*y`" in refusal("xy", "x", "y")[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Φ(x) + xφ(x)", "`x φ(…)` or `x*φ(…)`"),
        ("2 xexp(x)", "`x exp(…)` or `x*exp(…)`"),
        ("xpi", "`x pi` or `x*pi`"),
        ("xx(1 - x)", "`x x` or `x*x`"),
        ("exx", "not known here"),
    ],
)
def test_a_known_name_run_together_with_another_is_told_from_an_unknown_one(text, words):
    with pytest.raises(FormulaError) as refused:
        parse(text, ("x",))

    assert words in refused.value.sentence


def test_length_depth_and_size_are_bounded():
    deep = "(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH
    assert value(deep) == X
    assert "nested" in refusal(f"({deep})")[0]
    assert "nested" in refusal("-" * (MAX_DEPTH + 1) + "x")[0]
    assert "nested" in refusal("^".join("x" * (MAX_DEPTH + 2)))[0]
    assert value("+".join("x" * (MAX_NODES - 1))) == pytest.approx(X * (MAX_NODES - 1))
    assert "parts" in refusal("+".join("x" * MAX_NODES))[0]
    assert "longer" in refusal(" " * MAX_LENGTH + "x")[0]


def test_what_overflows_is_infinite_and_what_is_undefined_is_nan():
    assert value("exp(x)", x=1000.0) == math.inf
    assert math.isnan(value("x/x", x=0.0))
    assert math.isnan(value("log(x)", x=-1.0))
    assert math.isnan(value("x^0.5", x=-1.0))
    assert value("1/(1 + exp(x))", x=1000.0) == 0.0


def test_the_piece_without_a_value_is_found():
    formula = parse("1 + sin(x)/x + log(x)", ("x",))

    assert formula.broken_at({"x": 0.0}) == "sin(x)/x"
    assert formula.broken_at({"x": -1.0}) == "log(x)"
    assert formula.broken_at({"x": 1.0}) == ""


PIECES = st.sampled_from(
    [*"xy1eπσ()()+-*/^,= ²√'#\n", "2.5", "1e3", "exp", "max", "foo", "**", "exp(", "x(1-x)"]
)
NEAR = st.lists(PIECES, max_size=80).map("".join)


def formula_or_error(text: str) -> Formula | FormulaError:
    """Anything else is raised."""
    try:
        return parse(text, ("x", "y"))
    except FormulaError as error:
        return error


@settings(max_examples=500, deadline=None)
@given(text=NEAR | st.text(max_size=200))
@example(text="(" * MAX_LENGTH)
@example(text="-" * MAX_LENGTH)
@example(text="^x" * (MAX_LENGTH // 2))
@example(text="x" * MAX_LENGTH)
@example(text="9" * MAX_LENGTH)
@example(text="exp(" * (MAX_LENGTH // 4))
def test_any_text_is_a_formula_or_the_one_error_and_at_once(text):
    started = time.process_time()
    read = formula_or_error(text)
    if isinstance(read, FormulaError):
        assert read.sentence.endswith((".", "?"))
        assert 0 <= read.column <= len(text)
    else:
        at = {"x": -0.5, "y": 3.0}
        broken = read.broken_at(at)
        assert broken in text
        assert broken or math.isfinite(read(at))
    assert time.process_time() - started < 0.5


def test_reading_and_evaluating_need_little_of_the_stack():
    text = "exp(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len_of_stack() + 400)
    try:
        assert parse(text, ("x",))({"x": 0.0}) == math.inf
    finally:
        sys.setrecursionlimit(limit)


def len_of_stack() -> int:
    """How deep this call is."""
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth
