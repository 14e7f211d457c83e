"""Marks of equivalent mutants load, or the error says which key to mend and how."""

import pytest

from grader.equivalents import FILE
from grader.errors import ExerciseError
from grader.exercise import Equivalent
from grader.loading import digest, exercise_from_files, load_exercise
from tests.grader.factories import make_files

MARK = """
[[equivalents]]
file = "solutions/right.py"
was = "return x+x"
becomes = "return x"
reason = "Why not."
"""


def files_with(text: str) -> dict[str, str]:
    return {**make_files(), FILE: text}


def test_a_mark_is_read_whatever_its_layout():
    (mark,) = exercise_from_files(files_with(MARK)).equivalents

    assert mark == Equivalent(
        file="solutions/right.py", was="return x + x", becomes="return x", reason="Why not."
    )


def test_a_folder_with_marks_is_read_as_its_files_are(tmp_path):
    for path, text in files_with(MARK).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)

    assert load_exercise(tmp_path) == exercise_from_files(files_with(MARK))


def test_marks_are_part_of_the_exercise():
    assert digest(files_with(MARK)) != digest(make_files())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("solutions/right.py", "solutions/half.py", "[0].file: expected a solution that must pass"),
        ("return x+x", "return (", "[0].was: expected one Python statement, or the line that a block"),
        ('"return x"', '"a = 1; b = 2"', "[0].becomes: expected one Python statement"),
        ('reason = "Why not."', "", "[0].reason: is missing"),
        ("reason =", 'because = "x"\nreason =', "[0].because: unknown key"),
        ("[[equivalents]]", "[[equivalent]]", "equivalent: unknown key"),
        ("[[equivalents]]", "[[equivalents", "expected valid TOML"),
        ('reason = "Why not."', 'reason = "a"\n' + MARK, "[1].becomes: expected each mutant once"),
    ],
)
def test_a_mistake_in_a_mark_is_refused_with_its_place(old, new, sentence):
    with pytest.raises(ExerciseError) as refused:
        exercise_from_files(files_with(MARK.replace(old, new, 1)))

    assert str(refused.value).startswith(FILE)
    assert sentence in str(refused.value)
