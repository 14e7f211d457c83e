"""A student's passed optimizer races in the box of a worker; nobody else's does, and nothing is scored."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import grader
from courseapp.accounts.models import User
from courseapp.errors import Refused
from courseapp.exercises import actions as exercises
from courseapp.exercises.models import Exercise, ExerciseVersion
from courseapp.grading import actions as grading
from courseapp.grading import tasks, worker
from courseapp.grading.models import Verdict
from courseapp.lessons.models import Unit
from courseapp.submissions import actions, queries
from courseapp.submissions.models import Draft, Submission
from grader.sandbox import Sandbox
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import PASSED, WRONG, make_claimed, make_exercise, make_submission, make_user

pytestmark = pytest.mark.django_db

ADAM = Path(__file__).parents[3] / "exercises" / "08-optimizers" / "40-adam"
SOURCE = (ADAM / "baseline.py").read_text()
HEAT = grader.Heat(racer="adam", landscape="valley", start=(-2.6, 0.8), lr=0.1)
FORM = {"racer": "adam", "landscape": "valley", "x": "-2.6", "y": "0.8", "lr": "0.1"}


@pytest.fixture
def adam() -> Exercise:
    files = {str(path.relative_to(ADAM)): path.read_text() for path in ADAM.rglob("*.*") if path.is_file()}
    unit = Unit.objects.create(number=8, slug="optimizers", title="Optimizers")
    exercise = Exercise.objects.create(unit=unit, number=40, slug="adam", title="RMSprop and Adam")
    digest = grader.exercise_from_files(files).digest
    version = ExerciseVersion.objects.create(exercise=exercise, number=1, files=files, digest=digest)
    exercises.publish(version=version)
    exercise.refresh_from_db()
    return exercise


@pytest.fixture
def student() -> User:
    return make_user("ada")


def graded(
    student: User, exercise: Exercise, *, number: int = 1, passed: bool = True, **facts: str
) -> Submission:
    submission = make_claimed(
        student=student, exercise=exercise, number=number, **({"source": SOURCE} | facts)
    )
    data = PASSED if passed else PASSED | {"outcome": "failed"}
    grading.finish(submission=submission, verdict=Verdict(data=data, passed=passed))
    return submission


def shown(client: Client, row: Submission) -> tuple[str, list[list[float]], bool]:
    """The sentence of a race's panel, its path, and whether there is more to come."""
    page = client.get(reverse("submission_panel", args=[row.pk])).content.decode()
    sentence = re.search(r'role="status">(.*?)</p>', page)
    path = re.search(r'<data value="(.*?)">', page)
    assert sentence
    assert path
    return sentence[1], json.loads(path[1]), "data-live" in page


def test_the_last_passed_submission_races(adam: Exercise, student: User) -> None:
    graded(student, adam, number=1, source=f"# old\n{SOURCE}")
    second = graded(student, adam, number=2)
    graded(student, adam, number=3, passed=False, source=WRONG)
    graded(make_user(), adam, number=1, source="# somebody else's\n")

    row = actions.race_code(student=student, heat=HEAT)

    assert (row.kind, row.source, row.version, row.number) == ("race", SOURCE, second.version, None)
    assert grader.Heat.from_dict(row.heat) == HEAT
    assert not Draft.objects.exists()


def test_a_race_is_enqueued_when_its_row_is_committed(
    adam: Exercise, student: User, nudges: Nudges, django_capture_on_commit_callbacks
) -> None:
    graded(student, adam)
    before = nudges.count()
    with django_capture_on_commit_callbacks(execute=True):
        actions.race_code(student=student, heat=HEAT)
        assert nudges.count() == before
    assert nudges.count() == before + 1


def test_who_has_not_passed_does_not_race(adam: Exercise, student: User) -> None:
    graded(student, adam, passed=False)
    make_submission(student=student, exercise=adam, number=2)
    with pytest.raises(Refused, match="not passed"):
        actions.race_code(student=student, heat=HEAT)
    assert queries.entrants(student) == {}


def test_one_exercise_brings_all_of_its_optimizers(adam: Exercise, student: User) -> None:
    graded(student, adam)
    assert list(queries.entrants(student)) == ["rmsprop", "adam"]


def test_another_exercise_of_that_name_brings_none(student: User) -> None:
    graded(student, make_exercise(slug="adam"))
    assert queries.entrants(student) == {}


def test_the_worker_runs_the_race_in_its_box(
    adam: Exercise, student: User, sandbox: Sandbox, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "sandbox", lambda: sandbox)
    graded(student, adam)
    row = actions.race_code(student=student, heat=HEAT)
    client.force_login(student)
    assert shown(client, row)[1:] == ([], True)

    tasks.grade_submission(str(row.pk))

    row.refresh_from_db()
    assert (row.status, row.verdict.passed, row.verdict.max_points) == ("done", True, 0)
    sentence, path, live = shown(client, row)
    assert (sentence, live) == ("Raced for 100 steps.", False)
    assert path[0] == [-2.6, 0.8]
    assert path[1] == pytest.approx([-2.5, 0.7])


def test_a_race_counts_as_no_attempt_and_is_gone_after_a_day(adam: Exercise, student: User, settings) -> None:
    first = graded(student, adam)
    row = actions.race_code(student=student, heat=HEAT)
    assert queries.history(student, adam.pk) == [first]
    old = timezone.now() - timedelta(hours=settings.RUNS_KEPT_HOURS + 1)
    Submission.objects.filter(pk__in=[first.pk, row.pk]).update(created=old)
    grading.purge_runs()
    assert list(Submission.objects.all()) == [first]


def test_a_race_says_where_to_follow_it(adam: Exercise, student: User, client: Client) -> None:
    graded(student, adam)
    client.force_login(student)
    response = client.post(reverse("run_race"), FORM)
    assert response.status_code == 202
    assert set(json.loads(response.content)) == {"events", "panel"}
    assert Submission.objects.get(kind="race").heat["start"] == [-2.6, 0.8]


@pytest.mark.parametrize(
    "wrong", [{"x": "nan"}, {"lr": "1e9"}, {"landscape": "maze"}, {"racer": ""}, {"y": "up"}]
)
def test_a_race_that_makes_no_sense_is_turned_down(
    adam: Exercise, student: User, client: Client, wrong: dict[str, str]
) -> None:
    graded(student, adam)
    client.force_login(student)
    assert client.post(reverse("run_race"), FORM | wrong).status_code == 422
    assert not Submission.objects.filter(kind="race").exists()


def test_a_race_is_nobody_elses_to_see_and_has_no_page(adam: Exercise, student: User, client: Client) -> None:
    graded(student, adam)
    row = actions.race_code(student=student, heat=HEAT)
    client.force_login(make_user())
    assert client.get(reverse("submission_panel", args=[row.pk])).status_code == 404
    client.force_login(student)
    assert client.get(reverse("submission", args=[row.pk])).status_code == 404


def test_the_figure_hears_who_may_race(adam: Exercise, student: User, client: Client) -> None:
    address = reverse("entrants")
    assert "Sign in" in client.get(address).json()["sentence"]
    client.force_login(student)
    assert client.get(address).json() == {
        "entrants": {},
        "sentence": "Pass one of exercises 39 to 42, and your own optimizer can race here.",
    }
    graded(student, adam, number=4)
    assert client.get(address).json() == {"entrants": {"rmsprop": 4, "adam": 4}, "sentence": ""}


def test_a_signed_out_reader_cannot_start_a_race(client: Client) -> None:
    response = client.post(reverse("run_race"), FORM, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 401
