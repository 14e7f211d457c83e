"""Mutants are the program with one small mistake in it; the text is read and rewritten, never executed."""

import ast

import pytest

from grader.errors import ExerciseError
from grader.mutants import canonical, canonical_statement, compiles, head, mutants_of


def changes(source: str) -> set[str]:
    """The mutated statements of a program of one statement, or of its only function."""
    return {mutant.becomes for mutant in mutants_of(source, file="solution.py")}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("y = a - b", {"y = a + b", "y = b - a", "y = a", "y = -b", "y = -(a - b)"}),
        ("y = a + b", {"y = a - b", "y = a", "y = b"}),
        ("y = a * b", {"y = a / b", "y = a + b", "y = a", "y = b"}),
        ("y = a / b", {"y = a * b", "y = b / a", "y = a", "y = 1 / b"}),
        ("y = a @ b", {"y = a * b", "y = b @ a", "y = a", "y = b"}),
        ("y = a**2", {"y = a * 2", "y = a", "y = a ** 3", "y = a ** 1", "y = a ** 0", "y = a ** (-2)"}),
        ("y = -a", {"y = a"}),
        ("y += a", {"y -= a", "y = a", "pass"}),
        ("y = a < b", {"y = a <= b", "y = a >= b"}),
        ("y = a is None", {"y = a is not None"}),
        ("y = a and b", {"y = a or b", "y = a", "y = b"}),
        ("y = not a", {"y = a"}),
        ("y = a if b else c", {"y = c if b else a", "y = a", "y = c"}),
        ("y = 6", {"y = 0", "y = 1", "y = 7", "y = 5", "y = -6", "y = 12", "y = 3"}),
        ("y = -1", {"y = 0", "y = 1", "y = -2"}),
        ("y = 0.5", {"y = 0.0", "y = 1.0", "y = -0.5", "y = 0.25"}),
        ("y = x.sum(axis=0)", {"y = x.sum(axis=1)", "y = x.sum(axis=-1)", "y = x.sum(axis=None)", "y = x"}),
        ("y = x.sum(axis=0)", {"y = x.mean(axis=0)"}),
        ("y = x.sum(axis=0, keepdims=True)", {"y = x.sum(axis=0, keepdims=False)"}),
        ("y = x.sum(axis=0)", {"y = x.sum(axis=0, keepdims=True)"}),
        ("y = x.sum(dim=0)", {"y = x.sum(dim=0, keepdim=True)"}),
        ("y = x.T", {"y = x"}),
        ("y = range(n)", {"y = range(n + 1)", "y = range(n - 1)", "y = range(1, n)"}),
        ("y = x[a:]", {"y = x[a + 1:]", "y = x[a - 1:]", "y = x[a:-1]"}),
        ("y = x[k]", {"y = x[k + 1]", "y = x[k - 1]"}),
        ("y = np.sqrt(x)", {"y = x"}),
        ("y = np.exp(x)", {"y = np.expm1(x)"}),
        ("y = np.tanh(x)", {"y = np.arctan(x)"}),
        ("y = torch.tanh(x)", {"y = torch.sigmoid(x)"}),
        ("y = max(x, 0)", {"y = min(x, 0)"}),
        ("y = x.std()", {"y = x.var()"}),
        ("y = f(a, b)", {"y = f(b, a)"}),
        ("y = a, b", {"y = (b, a)"}),
        ("optimizer.step()", {"pass"}),
    ],
)
def test_each_small_mistake_is_made(statement, expected):
    assert expected <= changes(statement)


def test_what_is_returned_is_turned():
    assert {"return -y", "return (-y, z)", "return (y, -z)"} <= changes(
        "def f():\n    if a:\n        return y\n    return y, z"
    )


@pytest.mark.parametrize(
    ("source", "was", "becomes"),
    [
        ("for k in x:\n    y = k", "for k in x:", "pass"),
        ("if a:\n    y = 1", "if a:", "if not a:"),
        ("if a:\n    y = 1", "if a:", "if True:"),
        ("if a:\n    y = 1", "if a:", "if False:"),
        ("with a():\n    y = 1", "with a():", "if True:"),
        ("while a:\n    break", "break", "pass"),
        ("def f():\n    if a:\n        return 1\n    return 2", "return 1", "pass"),
        ("def f(a=0.1):\n    return a", "def f(a=0.1):", "def f(a=0.2):"),
        ("def f(x):\n    x = x + 1\n    return x", "x = x + 1", "pass"),
    ],
)
def test_blocks_and_statements_are_left_out_or_turned(source, was, becomes):
    assert (was, becomes) in {(one.was, one.becomes) for one in mutants_of(source, file="solution.py")}


def test_what_would_only_be_an_unknown_name_or_no_result_is_no_mutant():
    source = "def f(a):\n    'A docstring.'\n    b = a\n    return b"

    assert "pass" not in changes(source)


@pytest.mark.parametrize(
    "source", ["import numpy as np", "y = x.sum(axis=0)", "def f(a: int) -> 1:\n    pass"]
)
def test_imports_axes_and_annotations_have_no_constants_to_change(source):
    assert not any("2" in one or "np" in one for one in changes(source))


def test_a_mutant_says_where_it_is_and_what_changed():
    source = "def f(a, b):\n    # why\n    return (a\n            - b)\n"

    found = {one.description: one for one in mutants_of(source, file="solution.py")}

    one = found["line 3: a - b became a + b"]
    assert (one.line, one.was, one.becomes, one.within) == (3, "return a - b", "return a + b", "def f(a, b):")
    assert one.source == "def f(a, b):\n    return a + b"


def test_a_mutant_differs_from_the_program_in_one_place_and_leaves_it_alone():
    source = "def f(x):\n    y = 2 * x[1:]\n    for k in range(3):\n        y -= k\n    return y"
    before = canonical(source)

    mutants = mutants_of(source, file="solution.py")
    texts = [one.source for one in mutants]

    for text in texts:
        assert text != before
        changed = [a != b for a, b in zip(text.splitlines(), before.splitlines(), strict=False)]
        assert sum(changed) == 1 or len(text.splitlines()) != len(before.splitlines())
    assert len(set(texts)) > 20
    assert [one.source for one in mutants] == texts


def test_a_negative_number_stands_right_under_a_power():
    sources = [one.source for one in mutants_of("y = 3 ** n", file="solution.py")]

    assert "y = (-3) ** n" in sources


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y=( a+b )", "y = a + b"),
        ("return  x", "return x"),
        ("for k in  x :", "for k in x:"),
        ("with torch.no_grad():", "with torch.no_grad():"),
        ("def f( a ):", "def f(a):"),
        ("continue", "continue"),
        ("a = 1; b = 2", None),
        ("a +", None),
        ("", None),
    ],
)
def test_a_statement_is_known_whatever_its_layout(text, expected):
    assert canonical_statement(text) == expected


def test_the_head_of_a_block_is_its_first_line():
    tree = ast.parse("@g\ndef f(a):\n    return a\n\nif a:\n    b\nelse:\n    c")

    assert [head(one) for one in tree.body] == ["def f(a):", "if a:"]


def test_compiling_executes_nothing_and_warns_of_nothing():
    assert compiles("raise SystemExit")
    assert compiles("y = 1 is 1")
    assert not compiles("continue")


@pytest.mark.parametrize("source", ["def (", "a\0b", "-" * 100_000 + "1"])
def test_what_is_no_program_is_the_authors_error(source):
    with pytest.raises(ExerciseError, match=r"solution\.py: expected Python that can be read"):
        mutants_of(source, file="solution.py")
