"""The text that is handed in: a line for each formula."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.formula import read
from grader.formula.sheet import MAX_LINES, MAX_SHEET

NAMES = {"f'": ("x",), "area": ("a", "b")}


def test_names_may_have_their_variables_and_lines_a_comment():
    sheet = read("# two formulas\n\n  f'(x) = 2x # doubled\narea=a b/2\r\n", NAMES)

    assert sheet.stray is None
    assert sheet.unreadable == {}
    assert sheet.formulas["f'"]({"x": 3.0}) == 6.0
    assert sheet.formulas["area"]({"a": 3.0, "b": 5.0}) == 7.5


@pytest.mark.parametrize("prime", ["'", "’", "′"])
def test_a_prime_may_be_typed_or_pasted(prime):
    assert set(read(f"f{prime} = x", NAMES).formulas) == {"f'"}


def test_a_line_that_is_still_to_be_written_is_neither_right_nor_wrong():
    sheet = read("f'(x) =\narea = a # b\n", NAMES)

    assert set(sheet.formulas) == {"area"}
    assert sheet.unreadable == {}


def test_one_line_that_cannot_be_read_leaves_the_others():
    sheet = read("f'(x) =  2 +* x\narea = a b", NAMES)

    assert set(sheet.formulas) == {"area"}
    bad = sheet.unreadable["f'"]
    assert (bad.line, bad.text[bad.column]) == (1, "*")
    assert bad.text == "f'(x) =  2 +* x"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("f' = x\nx + 1", 2, "needs an `=`"),
        ("g(x) = x", 1, "Asked for: f'(x), area(a, b)"),
        ("f' = x\n\nf'(x) = 2x", 3, "second time"),
        ("f' = x +\nf' = x", 2, "second time"),
        ("= x", 1, "Asked for"),
        ("x" * MAX_SHEET + " = x", 1, "more than"),
        ("\n" * MAX_LINES, 1, "more than"),
    ],
)
def test_a_line_that_belongs_to_no_formula_is_shown(source, line, words):
    stray = read(source, NAMES).stray

    assert stray is not None
    assert stray.line == line
    assert words in stray.sentence


def test_other_variables_are_refused_where_they_stand():
    bad = read("area(b, a) = a b", NAMES).unreadable["area"]

    assert bad.sentence == "The variables are (a, b), in this order."
    assert bad.text[bad.column] == "("


@pytest.mark.parametrize("line", ["f'{} (=x", "{}f' = x", "f'{}(x) = x", "f'({}x) = x", "{}(", "f' ={}x"])
def test_the_time_to_read_grows_with_the_length_and_not_with_its_square(line):
    text = line.format(" " * (MAX_SHEET - 20))
    started = time.process_time()
    read(text, NAMES)
    assert time.process_time() - started < 0.1


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["f'", "area", "(x)", "=", " ", "x", "\n", "#", "+", "(", ")", "é", "\r"]),
        max_size=60,
    )
)
def test_any_text_is_a_sheet(pieces):
    text = "".join(pieces)
    sheet = read(text, NAMES)

    for bad in (*sheet.unreadable.values(), *([sheet.stray] if sheet.stray else [])):
        assert 0 <= bad.column <= len(bad.text)
        assert 1 <= bad.line <= 1 + text.count("\n") + text.count("\r")
