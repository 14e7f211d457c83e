"""The course is read unit by unit, and its exercises fit together."""

from pathlib import Path

import pytest

from grader import load_course, load_exercise
from grader.course import check_place
from grader.errors import ExerciseError
from tests.grader.factories import APPLY, DOUBLE, SQUARE, make_files

COURSE = """
title = "A course"
about = "About it."

[[units]]
number = 1
slug = "one"
title = "Unit one"
about = "The first."
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, {"course.toml": COURSE, "01-one/lesson.md": "# Lesson"})
    write(tmp_path / "01-one/02-square", make_files(SQUARE, number=2))
    write(tmp_path / "01-one/01-double", make_files(DOUBLE, number=1))
    return tmp_path


def test_units_hold_their_lesson_and_their_exercises_in_order(folder):
    course = load_course(folder)

    assert (course.title, course.units[0].title, course.units[0].lesson) == (
        "A course",
        "Unit one",
        "# Lesson",
    )
    assert [exercise.slug for exercise in course.exercises] == ["double", "square_backward"]


def test_a_lesson_may_be_unwritten(folder):
    (folder / "01-one/lesson.md").unlink()

    assert load_course(folder).units[0].lesson is None


def test_a_number_is_given_once(folder):
    write(folder / "01-one/03-again", make_files(SQUARE, number=1))

    sentence = "01-one/03-again/exercise.toml: number: 1 is taken by 01-one/01-double; 3 is free"
    with pytest.raises(ExerciseError, match=sentence):
        load_course(folder)


def test_a_slug_is_given_once(folder):
    write(folder / "01-one/03-again", make_files(SQUARE, number=3))

    sentence = "01-one/03-again/exercise.toml: slug: 'square_backward' is taken by 01-one/02-square"
    with pytest.raises(ExerciseError, match=sentence):
        load_course(folder)


@pytest.mark.parametrize(
    ("parts", "number", "needs", "sentence"),
    [
        (APPLY, 2, "", "01-one/03-new/exercise.toml: number: 2 is taken by 01-one/02-square; 3 is free"),
        (SQUARE, 3, "", "03-new/exercise.toml: slug: 'square_backward' is taken by 01-one/02-square"),
        (APPLY, 3, "doubel", "03-new/exercise.toml: prerequisites: expected the slug of .*, got 'doubel'"),
        (
            APPLY,
            3,
            "apply",
            "03-new/exercise.toml: prerequisites: expected an exercise before 3, got 'apply'",
        ),
    ],
)
def test_an_exercise_is_compared_with_the_others_of_its_course(folder, parts, number, needs, sentence):
    toml = ("minutes = 5", f'minutes = 5\nprerequisites = ["{needs}"]' if needs else "minutes = 5")
    new = folder / "01-one/03-new"
    write(new, make_files(parts, number=number, replace=toml))

    with pytest.raises(ExerciseError, match=sentence):
        check_place(load_exercise(new), new)


def test_what_is_wrong_with_others_is_not_said_of_an_exercise(folder):
    write(folder / "01-one/03-again", make_files(SQUARE, number=2))
    write(folder / "01-one/04-broken", {"exercise.toml": "number ="})
    write(folder / "01-one/06-odd", {"exercise.toml": 'number = 6\nslug = "odd"\nprerequisites = [["a"]]'})
    new = folder / "01-one/05-new"
    needs = ("minutes = 5", 'minutes = 5\nprerequisites = ["broken"]')  # may be what cannot be read
    write(new, make_files(APPLY, number=5, replace=needs))

    check_place(load_exercise(new), new)


def test_a_folder_that_lies_in_no_course_is_compared_with_nothing(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / "unit" / name, make_files(SQUARE))
    check_place(load_exercise(tmp_path / "unit/two"), tmp_path / "unit/two")


@pytest.mark.parametrize("anchor", ["#there", "#trouble", "#eq-1.2", "#figure-bowl"])
def test_a_link_into_the_lesson_arrives(folder, anchor):
    linked = ("points = 2", f'points = 2\nlesson = "{anchor}"')
    write(folder / "01-one/01-double", make_files(DOUBLE, number=1, replace=linked))
    write(folder, {"01-one/lesson.md": "## Title {#there}\n\n::: trouble {#trouble} What\n:::\n"})

    assert load_course(folder).exercises[0].checks[0].lesson == anchor


def test_a_link_that_does_not_arrive_names_both_ends(folder):
    linked = ('hint = "Multiply."', 'hint = "Multiply."\nlesson = "#nowhere"')
    write(folder / "01-one/01-double", make_files(DOUBLE, number=1, replace=linked))

    sentence = (
        r"01-double/exercise.toml: lesson: .*01-one/lesson.md, got '#nowhere' \(in the table of 'Halved'\)"
    )
    with pytest.raises(ExerciseError, match=sentence):
        load_course(folder)
    (folder / "01-one/lesson.md").unlink()
    assert load_course(folder).exercises


def test_a_prerequisite_must_exist(folder):
    toml = ("minutes = 5", 'minutes = 5\nprerequisites = ["nothing"]')
    write(folder / "01-one/01-double", make_files(DOUBLE, replace=toml))

    with pytest.raises(ExerciseError, match="prerequisites: expected the slug of an exercise, got 'nothing'"):
        load_course(folder)


def test_a_prerequisite_comes_earlier(folder):
    toml = ("minutes = 5", 'minutes = 5\nprerequisites = ["square_backward"]')
    write(folder / "01-one/01-double", make_files(DOUBLE, replace=toml))

    with pytest.raises(ExerciseError, match="expected an exercise before 1, got 'square_backward'"):
        load_course(folder)


def test_a_taster_may_stand_beside_the_units(folder):
    assert load_course(folder).taster is None
    write(folder, {"taster.md": "A walk."})

    assert load_course(folder).taster == "A walk."


def test_a_unit_needs_its_folder(folder):
    write(folder, {"course.toml": COURSE.replace('slug = "one"', 'slug = "two"')})

    with pytest.raises(ExerciseError, match=r"units\[0\]\.slug: expected a folder 01-two"):
        load_course(folder)


def test_a_missing_course_is_named(tmp_path):
    with pytest.raises(ExerciseError, match=r"expected the folder of a course, with a course\.toml in it"):
        load_course(tmp_path)


def test_the_course_in_the_repository_loads():
    course = load_course(Path(__file__).parents[2] / "exercises")

    assert len(course.units) == 8
    assert len(course.exercises) >= 7
