"""The course in figures: made of what is stored, and told from one that is out of date."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from grader import gate, load_course
from grader.course_table import COLUMNS, RESULTS, TABLE, judged_digest, render, store, stored
from grader.exercise import Course, Declared, Unit
from grader.mutation import mutate
from tests.grader.factories import make_exercise

HERE = Path(__file__).parents[2]
TODAY, LATER = date(2026, 1, 2), date(2026, 3, 4)
RIGHT = "def double(x):\n    return x + x\n"


@pytest.fixture
def exercise():
    return make_exercise(baseline=RIGHT)


def course_of(*exercises):
    unit = Unit(number=1, slug="one", title="One", about="", lesson=None, exercises=exercises)
    return Course(title="A course", about="", units=(unit,))


def rows_of(page):
    lines = [line.strip("| ").split(" | ") for line in page.split("\n") if line.startswith("| ")]
    assert lines[0] == list(COLUMNS)
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[2:]]


def test_a_row_says_what_the_gate_found(exercise, sandbox, tmp_path):
    report = replace(gate(exercise, sandbox=sandbox), mutation=mutate(exercise, sandbox=sandbox))
    store(exercise, report, folder=tmp_path, today=TODAY)

    page = render(course_of(exercise), stored(tmp_path))

    (row,) = rows_of(page)
    assert row["exercise"] == "1 A title"
    assert (row["points"], row["checks"], row["right"], row["wrong"]) == ("2", "1: 1 value", "1", "1")
    assert (row["named"], row["small"], row["mutants"]) == ("1", "1 of 1", "100.0")
    assert (row["gate"], row["measured"]) == ("open", "2026-01-02")
    assert "- Small counterexamples: 1 of 1, 100.0 %." in page


def test_an_exercise_that_was_never_measured_is_listed_without_figures(exercise):
    (row,) = rows_of(render(course_of(exercise), {}))

    assert (row["wrong"], row["named"], row["mutants"], row["measured"]) == ("1", "–", "–", "–")


def test_one_exercise_is_measured_without_the_others(exercise, sandbox, tmp_path):
    other = replace(make_exercise(number=2), slug="other")
    for one in (exercise, other):
        store(one, gate(one, sandbox=sandbox), folder=tmp_path, today=TODAY)
    store(other, gate(other, sandbox=sandbox), folder=tmp_path, today=LATER)

    rows = rows_of(render(course_of(exercise, other), stored(tmp_path)))

    assert [row["measured"] for row in rows] == ["2026-01-02", "2026-03-04"]


def test_a_gate_without_mutants_leaves_the_score_unless_something_has_changed(exercise, sandbox, tmp_path):
    report = gate(exercise, sandbox=sandbox)
    scored = replace(report, mutation=mutate(exercise, sandbox=sandbox))
    store(exercise, scored, folder=tmp_path, today=TODAY)
    store(exercise, report, folder=tmp_path, today=LATER)
    assert stored(tmp_path)["double"]["mutation"]["date"] == "2026-01-02"

    changed = make_exercise(baseline=RIGHT + "\n")
    store(changed, report, folder=tmp_path, today=LATER)
    assert "mutation" not in stored(tmp_path)["double"]


def test_what_was_tried_on_a_gpu_stands_when_the_gate_is_run_without_one(exercise, sandbox, tmp_path):
    report = gate(exercise, sandbox=sandbox)
    store(exercise, report, folder=tmp_path, today=TODAY)
    store(exercise, replace(report, untried="on a GPU"), folder=tmp_path, today=LATER)
    assert stored(tmp_path)["double"]["date"] == "2026-01-02"

    changed = make_exercise(baseline=RIGHT + "\n")
    store(changed, replace(report, untried="on a GPU"), folder=tmp_path, today=LATER)
    (row,) = rows_of(render(course_of(changed), stored(tmp_path)))
    assert (row["gate"], row["measured"]) == ("open on the processor", "2026-03-04")


def test_figures_of_code_that_has_changed_have_a_star_and_those_of_words_have_none(
    exercise, sandbox, tmp_path
):
    store(exercise, gate(exercise, sandbox=sandbox), folder=tmp_path, today=TODAY)
    said = make_exercise(baseline=RIGHT, statement="Other words.", replace=('hint = "Mul', 'hint = "Do mul'))
    changed = make_exercise(baseline=RIGHT + "\n")

    rows = [rows_of(render(course_of(one), stored(tmp_path)))[0] for one in (said, changed)]

    assert [row["small"] for row in rows] == ["1 of 1", "1 of 1*"]


@pytest.mark.parametrize(
    ("old", "new"),
    [('group = "any"', 'group = "all"'), ("points = 2", "points = 3"), ("x = [1.0, 2.0]", "x = [1.0, 3.0]")],
)
def test_what_a_gate_depends_on_is_in_the_digest(exercise, old, new):
    assert judged_digest(make_exercise(baseline=RIGHT, replace=(old, new))) != judged_digest(exercise)


def test_survivors_are_written_down(exercise, sandbox, tmp_path):
    kind = make_exercise(baseline="def double(x):\n    return abs(x) + x + x - abs(x)\n")
    positive = kind.reference.replace("rng.normal(size=n)", "abs(rng.normal(size=n))")
    kind = replace(kind, files={**kind.files, "reference.py": positive})
    report = replace(gate(kind, sandbox=sandbox), mutation=mutate(kind, sandbox=sandbox))
    store(kind, report, folder=tmp_path, today=TODAY)

    survivors = json.loads((tmp_path / "01-double.json").read_text())["mutation"]["survivors"]
    assert "baseline.py, line 2: abs(x) became x" in survivors


# the table of the course itself


@pytest.fixture(scope="module")
def course():
    return load_course(HERE / "exercises")


def test_the_table_of_the_course_lists_the_exercises_that_are_there_with_their_numbers(course):
    rows = rows_of((HERE / TABLE).read_text(encoding="utf-8"))

    listed = [
        (row["exercise"], int(row["checks"].split(":")[0]), int(row["points"]), int(row["wrong"]))
        for row in rows
    ]
    assert listed == [
        (f"{one.number} {one.title}", len(one.checks), one.max_points, _wrong(one))
        for one in course.exercises
    ], "python -m grader table"


def _wrong(exercise):
    return sum(one.outcome is Declared.WRONG for one in (*exercise.solutions, *exercise.variants))


def test_the_table_of_the_course_is_what_would_be_made_now(course):
    page = render(course, stored(HERE / RESULTS))

    assert (HERE / TABLE).read_text(encoding="utf-8") == page, "python -m grader table"
