"""What the command line prints is for reading."""

from dataclasses import replace

import pytest

from grader import report
from grader.outcome import Outcome
from grader.verdict import Evidence
from tests.grader.test_verdict import make_check, make_verdict


@pytest.fixture
def said(capsys):
    """What is printed of a check that failed with that evidence."""

    def printed(**evidence):
        report.progress(0, make_check(outcome=Outcome.MISMATCH, evidence=Evidence(**evidence)))
        return capsys.readouterr().out

    return printed


def test_a_line_outside_of_any_function_is_in_none(said):
    outside = {"line": 2, "function": "", "text": "rise = f(x + h"}
    inside = {"line": 3, "function": "g", "text": "return 1"}

    assert "line 2: rise = f(x + h\n" in said(traceback=(outside,))
    assert "line 3, in g: return 1\n" in said(traceback=(inside,))


def test_a_value_without_points_is_not_said_to_have_0_of_0(said):
    row = {"name": "dx", "state": "wrong", "points": 0, "max_points": 0}

    assert "dx: wrong  (no points)" in said(intermediates=(row,))
    assert "dx: wrong  (0 of 2)" in said(intermediates=({**row, "max_points": 2},))


def test_of_much_that_was_printed_the_beginning_and_the_end_are_shown():
    lines = [f"row {i}" for i in range(5000)]
    ending = report.ending(replace(make_verdict(), stdout="\n".join(lines)))

    assert "    row 0\n" in ending
    assert "    row 4999\n" in ending
    assert "… 4975 lines left out, 43.7 KB …" in ending
    assert ending.count("\n") < 40


def test_what_is_printed_in_one_long_line_is_cut():
    ending = report.ending(replace(make_verdict(), stdout="7" * 60_000))

    assert "… (60000 characters)" in ending
    assert len(ending) < 1000


def test_a_few_printed_lines_are_all_shown():
    ending = report.ending(replace(make_verdict(), stdout="\n".join(map(str, range(25)))))

    assert "left out" not in ending
    assert "    24\n" in ending
