"""What students hand in is stored first and enqueued when the row is committed."""

from datetime import timedelta

import pytest

import grader
from courseapp.errors import BadSource, Refused, TooMany
from courseapp.exercises import actions as exercises
from courseapp.submissions import actions, limits, queries
from courseapp.submissions.models import Draft, Submission
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import (
    RIGHT,
    make_exercise,
    make_submission,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
Status = Submission.Status
HEAT = grader.Heat(racer="adam", landscape="valley", start=(1.0, 1.0), lr=0.1)


def test_a_submission_is_enqueued_only_when_its_row_is_committed(
    nudges: Nudges, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        submission = actions.submit_code(student=make_user(), exercise=make_exercise(), source=RIGHT)
        assert nudges.count() == 0
    assert nudges.count() == 1
    submission.refresh_from_db()
    assert (submission.status, submission.kind, submission.number) == (Status.QUEUED, "submit", 1)
    assert (submission.queue, submission.runtime) == ("cpu", "numpy")


def test_a_submission_is_stored_even_when_the_broker_is_away(
    monkeypatch, django_capture_on_commit_callbacks
) -> None:
    from courseapp.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nowhere/valkey.sock")
    with django_capture_on_commit_callbacks(execute=True):
        submission = actions.submit_code(student=make_user(), exercise=make_exercise(), source=RIGHT)
    assert Submission.objects.get(pk=submission.pk).status == Status.QUEUED


def test_submissions_are_numbered_for_each_student_and_exercise() -> None:
    ada, ben, exercise = make_user(), make_user(), make_exercise()
    other = make_exercise(number=902, slug="double_again")
    numbers = [
        actions.submit_code(student=student, exercise=which, source=f"{RIGHT}# {n}").number
        for n, (student, which) in enumerate(
            [(ada, exercise), (ada, exercise), (ben, exercise), (ada, other)]
        )
    ]
    assert numbers == [1, 2, 1, 1]


def test_the_same_code_sent_twice_while_it_waits_is_one_submission() -> None:
    student, exercise = make_user(), make_exercise()
    first = actions.submit_code(student=student, exercise=exercise, source=RIGHT)

    assert actions.submit_code(student=student, exercise=exercise, source=RIGHT) == first
    assert actions.run_code(student=student, exercise=exercise, source=RIGHT) != first
    assert actions.submit_code(student=make_user(), exercise=exercise, source=RIGHT) != first
    Submission.objects.filter(pk=first.pk).update(status=Status.DONE)
    assert actions.submit_code(student=student, exercise=exercise, source=RIGHT).number == 2


def test_runs_and_fragments_are_not_counted_as_attempts() -> None:
    student, exercise = make_user(), make_exercise()
    assert actions.run_code(student=student, exercise=exercise, source=RIGHT).number is None
    fragment = actions.run_fragment(student=student, source="print(1)", runtime="torch")
    assert (fragment.number, fragment.exercise, fragment.runtime) == (None, None, "torch")
    assert actions.submit_code(student=student, exercise=exercise, source=RIGHT).number == 1


def test_a_submission_stays_with_the_version_it_was_made_for() -> None:
    exercise = make_exercise()
    submission = actions.submit_code(student=make_user(), exercise=exercise, source=RIGHT)
    first = exercise.published
    exercises.publish(version=make_version(exercise, starter="# new\n"))
    submission.refresh_from_db()
    assert submission.version == first


def test_an_exercise_without_a_published_version_takes_nothing() -> None:
    with pytest.raises(Refused, match="not published"):
        actions.submit_code(student=make_user(), exercise=make_exercise(publish=False), source=RIGHT)


def test_a_runtime_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="runtime"):
        actions.run_fragment(student=make_user(), source="print(1)", runtime="bash")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "no code"),
        (" \n\t\n", "no code"),
        ("x = 1\x00", "NUL"),
        ("x = '\ud800'", "UTF-8"),
        ("#" * (limits.MAX_SOURCE_BYTES + 1), "64 KiB"),
        ("é" * (limits.MAX_SOURCE_BYTES // 2 + 1), "64 KiB"),
    ],
)
def test_code_that_cannot_be_stored_is_refused_with_a_sentence(source: str, sentence: str) -> None:
    with pytest.raises(BadSource, match=sentence):
        actions.submit_code(student=make_user(), exercise=make_exercise(), source=source)
    assert not Submission.objects.exists()


def test_code_of_exactly_the_limit_is_taken() -> None:
    source = "#" * limits.MAX_SOURCE_BYTES
    assert actions.submit_code(student=make_user(), exercise=make_exercise(), source=source).source == source


def test_no_student_fills_the_queue() -> None:
    student, exercise = make_user(), make_exercise()
    for n in range(limits.MAX_WAITING):
        make_submission(student=student, exercise=exercise, source=f"{RIGHT}# {n}")
    with pytest.raises(TooMany, match="still being graded"):
        actions.submit_code(student=student, exercise=exercise, source=RIGHT)
    actions.submit_code(student=make_user(), exercise=exercise, source=RIGHT)


@pytest.mark.parametrize("kind", list(Submission.Kind))
def test_no_student_submits_faster_than_anybody_can_read(
    kind: Submission.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    student, exercise = make_user(), make_exercise()
    passed = make_submission(student=student, exercise=exercise, status=Status.DONE)
    Submission.objects.filter(pk=passed.pk).update(created=passed.created - timedelta(minutes=2))
    monkeypatch.setattr(queries, "entrant", lambda *_: passed)
    for _ in range(limits.MAX_PER_MINUTE[kind]):
        make_submission(student=student, exercise=exercise, kind=kind, status=Status.DONE)
    send = {
        Submission.Kind.SUBMIT: lambda: actions.submit_code(student=student, exercise=exercise, source=RIGHT),
        Submission.Kind.RUN: lambda: actions.run_code(student=student, exercise=exercise, source=RIGHT),
        Submission.Kind.FRAGMENT: lambda: actions.run_fragment(
            student=student, source="print(1)", runtime="numpy"
        ),
        Submission.Kind.RACE: lambda: actions.race_code(student=student, heat=HEAT),
    }[kind]
    with pytest.raises(TooMany, match="in a minute"):
        send()


def test_a_draft_is_kept_once_for_each_exercise_and_may_be_empty() -> None:
    student, exercise = make_user(), make_exercise()
    actions.save_draft(student=student, exercise=exercise, source="x = 1")
    actions.save_draft(student=student, exercise=exercise, source="")
    assert Draft.objects.get().source == ""


@pytest.mark.parametrize("source", ["x\x00", "\ud800", "#" * (limits.MAX_SOURCE_BYTES + 1)])
def test_a_draft_that_cannot_be_stored_is_refused(source: str) -> None:
    with pytest.raises(BadSource):
        actions.save_draft(student=make_user(), exercise=make_exercise(), source=source)


def test_an_earlier_submission_can_be_restored_into_the_editor() -> None:
    student, exercise = make_user(), make_exercise()
    first = make_submission(student=student, exercise=exercise, source="# first\n")
    actions.save_draft(student=student, exercise=exercise, source="# later\n")
    actions.restore(student=student, submission=first)
    assert Draft.objects.get(student=student).source == "# first\n"
