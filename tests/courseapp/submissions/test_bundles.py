"""A student asks for the bundle of a verdict; a worker makes it; they alone take it home."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import grader
from courseapp.accounts.models import User
from courseapp.errors import Refused, TooMany
from courseapp.exercises import actions as exercises
from courseapp.grading import actions as grading
from courseapp.grading import tasks, worker
from courseapp.submissions import actions, limits
from courseapp.submissions.models import Bundle, Submission
from grader import archive
from grader.sandbox import Sandbox
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import RIGHT, WRONG, exercise_files, make_exercise, make_submission, make_user
from tests.grader.at_home import run_at_home

pytestmark = pytest.mark.django_db
Status = Bundle.Status


@pytest.fixture(autouse=True)
def worker_sandbox(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's sandbox stands in for the one that a worker opens; it is never closed here."""
    monkeypatch.setattr(worker, "sandbox", lambda: sandbox)
    monkeypatch.setattr(worker, "drop_sandbox", lambda: None)


@pytest.fixture
def student() -> User:
    return make_user("ada")


@pytest.fixture
def signed_in(client: Client, student: User) -> Client:
    client.force_login(student)
    return client


def graded(student: User, *, number: int = 1, source: str = WRONG) -> Submission:
    """A submission, once a worker has graded it."""
    submission = make_submission(student=student, number=number, source=source)
    tasks.grade_submission(str(submission.pk))
    return Submission.objects.get(pk=submission.pk)


def made(submission: Submission) -> Bundle:
    """Its bundle, once a worker has made it."""
    bundle = actions.ask_for_bundle(submission=submission)
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    return bundle


def address(submission: Submission, name: str = "submission_bundle") -> str:
    return reverse(name, args=[submission.pk])


def test_the_page_offers_it_a_worker_makes_it_and_it_is_downloaded(
    signed_in: Client, student: User, sandbox: Sandbox
) -> None:
    submission = graded(student)
    assert "repro bundle" in signed_in.get("/exercises/double/").content.decode()
    assert "Make the bundle" in signed_in.get(address(submission, "submission")).content.decode()
    assert signed_in.get(address(submission, "submission_bundle_zip")).status_code == 404
    answer = signed_in.post(address(submission))
    assert answer["Location"] == f"{address(submission, 'submission')}#bundle"
    assert "A worker makes the bundle." in signed_in.get(address(submission, "submission")).content.decode()
    tasks.make_bundle(str(submission.bundle.pk))
    assert "Download double-1.zip" in signed_in.get(address(submission, "submission")).content.decode()
    sent = signed_in.get(address(submission, "submission_bundle_zip"))
    assert (sent["Content-Type"], sent["Cache-Control"]) == ("application/zip", "private, no-store")
    assert sent["Content-Disposition"] == 'attachment; filename="double-1.zip"'
    assert run_at_home(sent.content, sandbox).code == 1
    assert run_at_home(sent.content, sandbox, double=RIGHT).code == 0


def test_it_holds_what_the_student_may_see_and_no_more(student: User) -> None:
    files = archive.unpack(bytes(made(graded(student)).archive))
    assert sorted(files) == ["README.txt", "checks.json", "double.py", "repro.py", "verdict.json"]
    told, verdict = json.loads(files["checks.json"]), json.loads(files["verdict.json"])
    assert [check["name"] for check in told["checks"]] == ["Twice"]
    assert told["left_out"] == [["Twice, hidden", "its inputs are not shown"]]
    hidden = verdict["checks"][1]
    assert (hidden["sentence"], hidden["evidence"]) == ("", {})
    everything = b"".join(files.values()).decode()
    assert "def expected" not in everything
    assert RIGHT not in everything


@pytest.mark.parametrize("name", ["submission_bundle", "submission_bundle_zip"])
def test_nobody_gets_the_bundle_of_somebody_else(client: Client, student: User, name: str) -> None:
    submission = graded(student)
    made(submission)
    assert client.get(address(submission, name)).status_code == 302
    client.force_login(make_user())
    assert client.get(address(submission, name)).status_code == 404
    if name == "submission_bundle":
        assert client.post(address(submission, name)).status_code == 404


def test_the_web_makes_none_itself(
    signed_in: Client, student: User, nudges: Nudges, django_capture_on_commit_callbacks
) -> None:
    submission = graded(student)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(address(submission))
    assert submission.bundle.status == Status.QUEUED
    assert nudges.count() == 1


def test_a_page_that_waits_is_told_only_what_is_new(signed_in: Client, student: User) -> None:
    submission = graded(student)
    swapped = {"HX-Request": "true"}
    assert b"A worker makes the bundle." in signed_in.post(address(submission), headers=swapped).content
    assert signed_in.get(address(submission), headers=swapped).status_code == 204
    tasks.make_bundle(str(submission.bundle.pk))
    assert b"Download double-1.zip" in signed_in.get(address(submission), headers=swapped).content


def test_asked_for_twice_it_is_made_once(student: User) -> None:
    submission = graded(student)
    first = actions.ask_for_bundle(submission=submission)
    assert actions.ask_for_bundle(submission=submission).pk == first.pk
    tasks.make_bundle(str(first.pk))
    assert actions.ask_for_bundle(submission=submission).status == Status.READY


def test_without_a_verdict_there_is_none(signed_in: Client, student: User) -> None:
    submission = make_submission(student=student, number=1)
    with pytest.raises(Refused, match="once there is a verdict"):
        actions.ask_for_bundle(submission=submission)
    assert "Repro bundle" not in signed_in.get(address(submission, "submission")).content.decode()


def test_where_no_check_can_be_repeated_none_is_offered(signed_in: Client, student: User) -> None:
    texts, exercise = exercise_files(), make_exercise(publish=False)
    hidden = texts["exercise.toml"].replace("points = 2\n", 'points = 2\nvisibility = "message"\n')
    version = exercise.versions.get()
    exercises.publish(version=exercises.edit_draft(version=version, files=texts | {"exercise.toml": hidden}))
    exercise.refresh_from_db()
    submission = graded(student)
    with pytest.raises(Refused, match="No check of this exercise"):
        actions.ask_for_bundle(submission=submission)
    for page in ("/exercises/double/", address(submission, "submission")):
        assert "epro bundle" not in signed_in.get(page).content.decode()


def test_too_many_at_once_are_refused_in_a_sentence(signed_in: Client, student: User) -> None:
    several = [graded(student, number=number) for number in range(1, limits.MAX_BUNDLES_WAITING + 2)]
    for one in several[:-1]:
        actions.ask_for_bundle(submission=one)
    with pytest.raises(TooMany, match="still being made"):
        actions.ask_for_bundle(submission=several[-1])
    refused = signed_in.post(address(several[-1]), headers={"HX-Request": "true"})
    assert (refused.status_code, refused["HX-Retarget"]) == (429, "#refusal")


def test_many_in_a_minute_are_refused(student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BUNDLES_PER_MINUTE", 1)
    first, second = graded(student), graded(student, number=2)
    made(first)
    with pytest.raises(TooMany, match="That was 1 bundles in a minute"):
        actions.ask_for_bundle(submission=second)
    Bundle.objects.update(created=timezone.now() - timedelta(minutes=2))
    assert made(second).status == Status.READY


def test_a_failure_of_ours_is_tried_again_then_said(
    signed_in: Client, student: User, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise grader.InfrastructureError("no box")

    submission = graded(student)
    monkeypatch.setattr(grader, "make_student_bundle", broken)
    bundle = made(submission)
    assert (bundle.status, bundle.attempts) == (Status.QUEUED, 1)
    for _ in range(settings.GRADING_MAX_ATTEMPTS - 1):
        tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    assert (bundle.status, bundle.remark) == (Status.ERROR, "InfrastructureError: no box")
    page = signed_in.get(address(submission, "submission")).content.decode()
    assert "This is our fault." in page
    assert "no box" not in page
    monkeypatch.undo()
    assert actions.ask_for_bundle(submission=submission).status == Status.QUEUED


def test_a_broken_reference_ends_it_at_once(student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise grader.AuthorError("reference.py: line 1")

    monkeypatch.setattr(grader, "make_student_bundle", broken)
    bundle = made(graded(student))
    assert (bundle.status, bundle.remark) == (Status.ERROR, "reference.py: line 1")


def test_one_whose_worker_died_is_made_by_another(student: User) -> None:
    bundle = actions.ask_for_bundle(submission=graded(student))
    assert Bundle.take(bundle.pk)
    Bundle.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert grading.requeue_lost() == 1
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    assert bundle.status == Status.READY


def test_it_is_kept_for_a_day_and_can_be_made_again(student: User, settings) -> None:
    submission = graded(student)
    old = timezone.now() - timedelta(hours=settings.RUNS_KEPT_HOURS + 1)
    made(submission)
    Bundle.objects.update(created=old)
    grading.purge_runs()
    assert not Bundle.objects.exists()
    assert made(Submission.objects.get(pk=submission.pk)).status == Status.READY
