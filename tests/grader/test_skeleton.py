"""A new exercise begins as one that passes its gate, so that its author sees what each change does."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader import gate, load_exercise
from grader.course import check_place
from grader.errors import ExerciseError
from grader.mutation import mutate
from grader.skeleton import new_exercise
from tests.grader.factories import DOUBLE, make_files


@pytest.fixture
def unit(tmp_path):
    """A unit with one exercise, of number 7."""
    course = tmp_path / "exercises"
    old = course / "01-unit" / "07-double"
    for path, text in make_files(DOUBLE, number=7).items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_text(text)
    (course / "course.toml").write_text("")
    return course / "01-unit"


def test_it_passes_its_gate_with_mutants(unit, sandbox):
    folder = new_exercise(unit, "rms_norm_backward")
    exercise = load_exercise(folder)

    assert folder == unit / "08-rms-norm-backward"
    assert (exercise.number, exercise.slug, exercise.title) == (8, "rms_norm_backward", "Rms norm backward")
    check_place(exercise, folder)
    report = gate(exercise, sandbox=sandbox)
    assert [row for row in report.rows if not row.ok] == []
    assert mutate(exercise, sandbox=sandbox).ok


def test_it_is_written_as_make_check_wants_it(unit):
    folder = new_exercise(unit, "rms_norm_backward")
    config = Path(__file__).parents[2] / "pyproject.toml"
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", str(config), str(folder)]
        home = unit.parent.parent  # what is asked of a file depends on its path
        done = subprocess.run(ruff, cwd=home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("where", "slug", "sentence"),
    [
        ("01-unit", "rms-norm", "expected a slug of small letters, .* got 'rms-norm'"),
        ("01-unit", "lambda", "that Python can take for a name, got 'lambda'"),
        ("01-unit", "double", "'double' is taken by 01-unit/07-double"),
        ("02-unit", "rms_norm", "02-unit: there is no such folder"),
        ("01-unit/07-double", "rms_norm", "07-double: expected the folder of a unit, beside course.toml"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(unit, where, slug, sentence):
    before = sorted(unit.parent.rglob("*"))
    with pytest.raises(ExerciseError, match=sentence):
        new_exercise(unit.parent / where, slug)
    assert sorted(unit.parent.rglob("*")) == before


def test_a_folder_that_is_there_is_not_written_to(unit):
    folder = new_exercise(unit, "fresh")
    (folder / "exercise.toml").write_text("number =")  # so that nobody knows its number
    before = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(ExerciseError, match="08-fresh: is there already, and nothing was written"):
        new_exercise(unit, "fresh")
    assert {path: path.read_text() for path in folder.rglob("*") if path.is_file()} == before
