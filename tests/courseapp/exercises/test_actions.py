"""Courses load again without change, and what has been published or graded stays as it is."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

import grader
from courseapp.errors import ImmutableVersion, Refused
from courseapp.exercises import actions
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun
from courseapp.lessons.models import Lesson, Unit
from courseapp.submissions.models import Submission
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import exercise_files, make_exercise, make_submission, make_user, make_version

pytestmark = pytest.mark.django_db
COURSE = """\
title = "A course"
about = "About it."

[[units]]
number = 9
slug = "tests"
title = "Tests"
about = "About them."
"""
LESSON = '+++\ntitle = "A lesson"\n+++\n\nText.\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one unit, one lesson and one exercise."""
    write(tmp_path, {"course.toml": COURSE, "09-tests/lesson.md": LESSON})
    write(tmp_path / "09-tests" / "901-double", exercise_files())
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_becomes_the_course(folder: Path) -> None:
    loaded = actions.load_course(folder)
    assert (loaded.units, loaded.lessons, loaded.new_versions, loaded.unchanged) == (1, 1, 1, 0)
    exercise = Exercise.objects.get()
    assert exercise.published.files == exercise_files()
    assert (exercise.slug, exercise.title, exercise.points) == ("double", "Doubling", 3)
    assert Lesson.objects.get().source == LESSON


def test_loading_again_changes_nothing(folder: Path) -> None:
    actions.load_course(folder)
    before = (
        list(ExerciseVersion.objects.values()),
        list(Lesson.objects.values()),
        list(Unit.objects.values()),
    )
    loaded = actions.load_course(folder)
    assert (loaded.new_versions, loaded.unchanged) == (0, 1)
    after = list(ExerciseVersion.objects.values()), list(Lesson.objects.values()), list(Unit.objects.values())
    assert after == before


def test_a_changed_file_becomes_a_new_published_version(folder: Path) -> None:
    actions.load_course(folder)
    write(folder / "09-tests" / "901-double", {"statement.md": "Return $2x$.\n"})
    assert actions.load_course(folder).new_versions == 1
    exercise = Exercise.objects.get()
    assert exercise.published.number == 2
    assert exercise.versions.get(number=1).state == ExerciseVersion.State.RETIRED


def test_a_folder_that_is_not_sound_changes_nothing(folder: Path) -> None:
    write(folder / "09-tests" / "901-double", {"exercise.toml": "number = 901\n"})
    with pytest.raises(grader.ExerciseError):
        actions.load_course(folder)
    assert not Exercise.objects.exists()
    assert not Unit.objects.exists()


def test_loading_the_same_folder_does_not_undo_what_was_published_in_the_admin(folder: Path) -> None:
    actions.load_course(folder)
    exercise = Exercise.objects.get()
    draft = actions.new_draft(version=exercise.published)
    files = draft.files | {"statement.md": "Edited in the admin.\n"}
    actions.publish(version=actions.edit_draft(version=draft, files=files))
    actions.load_course(folder)
    exercise.refresh_from_db()
    assert exercise.published.files["statement.md"] == "Edited in the admin.\n"


def test_a_folder_that_has_changed_replaces_what_was_published_in_the_admin_and_says_so(folder: Path) -> None:
    home = folder / "09-tests" / "901-double"
    assert actions.load_course(folder).replaced == ()
    write(home, {"statement.md": "Return $2x$.\n"})
    assert actions.load_course(folder).replaced == ()
    exercise = Exercise.objects.get()
    draft = actions.new_draft(version=exercise.published)
    files = draft.files | {"statement.md": "Edited in the admin.\n"}
    actions.publish(version=actions.edit_draft(version=draft, files=files))
    assert actions.load_course(folder).replaced == ()

    write(home, {"statement.md": "Return $x + x$.\n"})
    assert actions.load_course(folder).replaced == ("double",)
    exercise.refresh_from_db()
    assert exercise.published.files["statement.md"] == "Return $x + x$.\n"


def test_an_exercise_that_is_taken_out_of_the_folder_stays_and_keeps_its_number(folder: Path) -> None:
    actions.load_course(folder)
    home = folder / "09-tests" / "901-double"
    renamed = exercise_files()["exercise.toml"].replace('slug = "double"', 'slug = "twice"')
    write(home, {"exercise.toml": renamed})

    with pytest.raises(grader.ExerciseError, match="number: 901 is taken on this site by double"):
        actions.load_course(folder)
    write(home, {"exercise.toml": renamed.replace("number = 901", "number = 902")})
    assert actions.load_course(folder).elsewhere == ("double",)
    assert Exercise.objects.count() == 2


def test_a_draft_starts_from_the_files_of_another_version() -> None:
    exercise = make_exercise()
    draft = actions.new_draft(version=exercise.published)
    assert (draft.number, draft.state, draft.files) == (2, "draft", exercise.published.files)


def test_a_draft_can_be_edited() -> None:
    draft = make_version(make_exercise())
    old = draft.digest
    edited = actions.edit_draft(version=draft, files=draft.files | {"statement.md": "Other.\n"})
    assert edited.digest != old
    assert ExerciseVersion.objects.get(pk=draft.pk).files["statement.md"] == "Other.\n"


def test_a_draft_that_is_not_sound_is_not_stored() -> None:
    draft = make_version(make_exercise())
    with pytest.raises(grader.ExerciseError, match=r"reference\.py"):
        actions.edit_draft(version=draft, files=draft.files | {"reference.py": "def ("})
    assert ExerciseVersion.objects.get(pk=draft.pk).files == draft.files


def test_a_draft_cannot_become_another_exercise() -> None:
    draft = make_version(make_exercise())
    with pytest.raises(Refused, match="slug"):
        actions.edit_draft(version=draft, files=exercise_files(number=5, slug="other"))


@pytest.mark.parametrize("how", ["published", "retired", "graded"])
def test_what_was_published_or_graded_cannot_be_edited(how: str) -> None:
    version = frozen(how)
    with pytest.raises(ImmutableVersion):
        actions.edit_draft(version=version, files=version.files | {"statement.md": "Other.\n"})


@pytest.mark.parametrize("how", ["published", "retired", "graded"])
def test_nor_through_the_model(how: str) -> None:
    version = frozen(how)
    version.files = version.files | {"statement.md": "Other.\n"}
    with pytest.raises(ImmutableVersion):
        version.save()


@pytest.mark.parametrize("how", ["published", "retired", "graded"])
@pytest.mark.parametrize("change", [{"files": {}}, {"digest": "0" * 64}, {"number": 77}])
def test_nor_around_the_model(how: str, change: dict[str, object]) -> None:
    version = frozen(how)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        ExerciseVersion.objects.filter(pk=version.pk).update(**change)
    ExerciseVersion.objects.filter(pk=version.pk).update(files=version.files, digest=version.digest)


@pytest.mark.parametrize("how", ["published", "retired", "graded"])
def test_nor_by_going_back_to_being_a_draft(how: str) -> None:
    version = frozen(how)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        ExerciseVersion.objects.filter(pk=version.pk).update(state="draft", graded=False)


def frozen(how: str) -> ExerciseVersion:
    """A version that may no longer change, for this reason."""
    exercise = make_exercise()
    if how == "graded":
        version = make_version(exercise)
        ExerciseVersion.objects.filter(pk=version.pk).update(graded=True)
        return ExerciseVersion.objects.get(pk=version.pk)
    version = ExerciseVersion.objects.get(pk=exercise.published_id)
    if how == "retired":
        actions.publish(version=make_version(exercise, starter="# new\n"))
        version.refresh_from_db()
    return version


def test_one_version_is_published_at_a_time() -> None:
    exercise = make_exercise()
    actions.publish(version=make_version(exercise, starter="# new\n"))
    exercise.refresh_from_db()
    assert exercise.published.number == 2
    assert exercise.versions.filter(state="published").count() == 1


def test_publishing_a_mended_version_grades_what_was_held(
    nudges: Nudges, django_capture_on_commit_callbacks
) -> None:
    exercise = make_exercise()
    Exercise.objects.update(flagged="reference.py fails")
    held = make_submission(exercise=exercise, status=Submission.Status.HELD, attempts=1)
    mended = make_version(exercise, starter="# new\n")
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(version=mended)
    held.refresh_from_db()
    exercise.refresh_from_db()
    assert (held.status, held.version, held.attempts) == ("queued", mended, 0)
    assert exercise.flagged == ""
    assert nudges.count() == 1


def test_the_gate_is_queued_for_the_authoring_workers(
    nudges: Nudges, django_capture_on_commit_callbacks
) -> None:
    instructor = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.start_gate(version=make_version(make_exercise()), requested_by=instructor)
    assert (run.status, run.requested_by) == (GateRun.Status.QUEUED, instructor)
    assert nudges.count("authoring") == 1


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("09-tests/lesson.md", "Text.\n", "09-tests/lesson.md: A lesson begins with front matter"),
        (
            "09-tests/lesson.md",
            f"{LESSON}\n::: exercise doubel\n:::\n",
            "09-tests/lesson.md: `::: exercise doubel`: there is no such exercise here. There are: double.",
        ),
        (
            "taster.md",
            f"{LESSON}\n::: exercise doubel\n:::\n",
            "taster.md: `::: exercise doubel`: there is no",
        ),
    ],
)
def test_a_text_that_could_not_be_shown_is_not_loaded(
    folder: Path, file: str, text: str, sentence: str
) -> None:
    write(folder, {file: text})
    with pytest.raises(grader.ExerciseError, match=re.escape(sentence)):
        actions.load_course(folder)
    assert not Lesson.objects.exists()


def test_a_lesson_and_a_taster_show_cards_of_exercises_that_are_there(folder: Path) -> None:
    text = f"{LESSON}\n::: exercise double\n:::\n"
    write(folder, {"09-tests/lesson.md": text, "taster.md": text})
    assert actions.load_course(folder).lessons == 1
