"""Every lesson renders, every link into it arrives, and every fragment in it does what the page shows."""

import re
from pathlib import Path

import pytest

from courseapp.lessons.rendering import render_lesson
from grader import load_course
from grader.examples import run_fragment
from grader.outcome import Outcome

COURSE = load_course(Path(__file__).parents[2] / "exercises")
UNITS = [unit for unit in COURSE.units if unit.lesson is not None]
FRAGMENT = re.compile(
    r"^```python run (\w+)\n(.*?)^```\n(?:\n```output\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE
)
FRAGMENTS = [(unit.slug, *found) for unit in UNITS for found in FRAGMENT.findall(unit.lesson or "")]
FORMULA_ALONE = re.compile(r"^- (?:\* )?\$[^$]*\$ \|.*$", re.MULTILINE)  # a control with no accessible name
EQUATION = re.compile(r"\$\$ \((\d+)\.(\d+)\)$", re.MULTILINE)
REFERENCE = re.compile(r"(?<![\w$`])\(([1-8])\.(\d+)\)(?!\$)")  # not the argument of a function
LINKS = [
    (unit, exercise.slug, anchor)
    for unit in UNITS
    for exercise in unit.exercises
    for anchor in sorted(
        {one.lesson for one in (*exercise.checks, *exercise.solutions, *exercise.variants) if one.lesson}
    )
]


def page_of(unit) -> str:
    return "".join(part.html for part in render_lesson(unit.lesson, unit=unit.number).parts)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_a_lesson_uses_only_what_the_renderer_knows(unit):
    page = page_of(unit)

    assert ":::" not in page
    assert "in preparation" not in page
    assert "{#" not in page


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_a_lesson_places_exercises_that_exist(unit):
    placed = {part.slug for part in render_lesson(unit.lesson, unit=unit.number).parts if part.slug}

    assert placed <= {exercise.slug for exercise in COURSE.exercises}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_every_choice_has_words_for_those_who_do_not_see_formulas(unit):
    assert not FORMULA_ALONE.findall(unit.lesson)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_equations_are_numbered_in_order_and_each_once(unit):
    numbers = [tuple(map(int, found)) for found in EQUATION.findall(unit.lesson)]

    assert numbers == [(unit.number, n) for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_an_equation_that_is_referred_to_exists(unit):
    there = {found for one in UNITS for found in EQUATION.findall(one.lesson)}

    assert set(REFERENCE.findall(unit.lesson)) <= there


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_no_anchor_stands_twice(unit):
    anchors = re.findall(r' id="([^"]+)"', page_of(unit))

    assert sorted(anchors) == sorted(set(anchors))


@pytest.mark.parametrize(("unit", "slug", "anchor"), LINKS, ids=lambda value: getattr(value, "slug", value))
def test_a_link_into_the_lesson_arrives(unit, slug, anchor):
    assert f'id="{anchor.removeprefix("#")}"' in page_of(unit)


@pytest.mark.parametrize(("unit", "runtime", "source", "recorded"), FRAGMENTS, ids=lambda value: value[:20])
def test_a_fragment_runs_and_prints_what_is_recorded(sandbox, unit, runtime, source, recorded):
    result = run_fragment(source, runtime=runtime, sandbox=sandbox)

    assert result.outcome is Outcome.PASSED, result.sentence
    assert result.stdout
    if recorded:
        assert result.stdout == recorded
