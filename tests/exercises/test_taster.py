"""The taster takes half an hour, needs no account, and every link in it arrives."""

import re
from pathlib import Path

import pytest

from courseapp.lessons import figures
from courseapp.lessons.rendering import render_lesson
from grader import load_course
from tests.exercises.test_lessons import FORMULA_ALONE

COURSE = load_course(Path(__file__).parents[2] / "exercises")
SOURCE = COURSE.taster or ""
TASTER = render_lesson(SOURCE, unit=None)
PAGE = "".join(part.html for part in TASTER.parts)
LINKS = sorted(set(re.findall(r"\]\((/[^)]*)\)", SOURCE)))
WORDS_A_MINUTE = 180  # of a careful reader


def test_its_stops_add_up_to_the_time_it_promises():
    stops = [int(minutes) for minutes in re.findall(r"^## .*, (\d+) minutes ", SOURCE, re.MULTILINE)]

    assert (TASTER.minutes, sum(stops)) == (30, 30)


def test_reading_leaves_more_than_half_of_the_time_to_the_figures():
    words = len(re.sub(r"^\+\+\+.*?\+\+\+", "", SOURCE, flags=re.DOTALL).split())

    assert words / WORDS_A_MINUTE < 12


def test_each_figure_comes_after_a_guess():
    marks = re.findall(r"^::: (predict|figure) ?(\w*)", SOURCE, re.MULTILINE)

    assert [kind for kind, _ in marks] == ["predict", "figure"] * 5
    assert {name for kind, name in marks if kind == "figure"} <= figures.FIGURES.keys()


def test_every_choice_has_words_for_those_who_do_not_see_formulas():
    assert not FORMULA_ALONE.findall(SOURCE)


def test_nothing_in_it_asks_for_an_account():
    assert "<run-fragment" not in PAGE
    assert ":::" not in PAGE
    assert "in preparation" not in PAGE


def test_it_places_an_exercise_that_exists():
    placed = {part.slug for part in TASTER.parts if part.slug}

    assert placed
    assert placed <= {exercise.slug for exercise in COURSE.exercises}


def test_it_quotes_what_the_judge_says():
    [quoted] = re.findall(r"^> \*(.*)\*$", SOURCE, re.MULTILINE)
    [first] = [exercise for exercise in COURSE.exercises if exercise.slug == "central_difference"]

    assert quoted in {solution.sentence for solution in first.solutions}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_arrives(link):
    if match := re.fullmatch(r"/units/(\d+)/(?:#([a-z-]+))?", link):
        [unit] = [unit for unit in COURSE.units if unit.number == int(match[1])]
        page = "".join(part.html for part in render_lesson(unit.lesson, unit=unit.number).parts)
        assert match[2] is None or f'id="{match[2]}"' in page
    elif match := re.fullmatch(r"/exercises/(\w+)/", link):
        assert match[1] in {exercise.slug for exercise in COURSE.exercises}
    else:
        assert link == "/grading/"
