"""Rows to test with: each function makes one, with what the test does not care about filled in."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from courseapp.accounts.models import User
from courseapp.exercises import actions as exercises
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun
from courseapp.grading import actions as grading
from courseapp.lessons.models import Unit
from courseapp.nodes.models import Node
from courseapp.submissions.models import Submission

MANIFEST = """\
number = {number}
slug = "{slug}"
title = "Doubling"
summary = "Twice the number."
minutes = 5

[[entries]]
name = "double"
kind = "function"
signature = "double(x) -> float"
parameters = ["x"]
returns = ["twice"]

[[checks]]
name = "Twice"
kind = "value"
entry = "double"
group = "numbers"
points = 2

[[checks]]
name = "Twice, hidden"
kind = "value"
entry = "double"
group = "numbers"
points = 1
visibility = "name"

[[solutions]]
file = "solutions/plus.py"
outcome = "accepted"

[[solutions]]
file = "solutions/square.py"
outcome = "wrong"
fails = "Twice"
name = "Squared"
sentence = "You squared the number; twice it was asked for."
hint = "What is twice 3?"

[[examples]]
entry = "double"
arguments = {{ x = 3.0 }}
"""
RIGHT = "def double(x):\n    return x + x\n"
WRONG = "def double(x):\n    return x * x\n"
REFERENCE = """\
def cases(rng, group):
    return [{"x": float(x)} for x in rng.uniform(3, 5, size=3)]


def expected(x):
    return 2.0 * x
"""
PASSED = {
    "outcome": "passed",
    "headline": "Passed.",
    "points": 3,
    "max_points": 3,
    "checks": [],
    "stdout": "",
}

_numbers = count(1)


def exercise_files(*, number: int = 901, slug: str = "double", **texts: str) -> dict[str, str]:
    """The files of an exercise that is graded in a blink; `reference=` replaces reference.py, and so on."""
    files = {
        "exercise.toml": MANIFEST.format(number=number, slug=slug),
        "statement.md": "Return twice $x$.\n",
        "starter.py": "def double(x):\n    ...\n",
        "reference.py": REFERENCE,
        "solutions/plus.py": RIGHT,
        "solutions/square.py": WRONG,
    }
    return files | {f"{name}.py": text for name, text in texts.items()}


def make_user(username: str = "", **facts: Any) -> User:
    """A student."""
    return User.objects.create_user(username or f"student{next(_numbers)}", password="correct horse", **facts)


def make_exercise(*, number: int = 901, slug: str = "double", publish: bool = True, **texts: str) -> Exercise:
    """An exercise of unit 9, published unless said otherwise."""
    unit, _ = Unit.objects.get_or_create(number=9, defaults={"slug": "tests", "title": "Tests"})
    exercise = Exercise.objects.create(unit=unit, number=number, slug=slug, title="Doubling")
    version = make_version(exercise, **texts)
    if publish:
        exercises.publish(version=version)
    exercise.refresh_from_db()
    return exercise


def make_version(exercise: Exercise, **texts: str) -> ExerciseVersion:
    """One more draft of an exercise."""
    import grader

    files = exercise_files(number=exercise.number, slug=exercise.slug, **texts)
    number = exercise.versions.count() + 1
    digest = grader.exercise_from_files(files).digest
    return ExerciseVersion.objects.create(exercise=exercise, number=number, files=files, digest=digest)


def on_gpu(version: ExerciseVersion) -> ExerciseVersion:
    """The same draft, for machines with a GPU."""
    import grader

    version.files["exercise.toml"] = 'runtime = "torch"\nqueue = "gpu"\n' + version.files["exercise.toml"]
    version.digest = grader.exercise_from_files(version.files).digest
    version.save()
    return version


def make_submission(**facts: Any) -> Submission:
    """A queued submission, as `submit_code` leaves it."""
    if facts.get("kind") != Submission.Kind.FRAGMENT:
        exercise = facts.setdefault("exercise", None) or Exercise.objects.first() or make_exercise()
        facts |= {"exercise": exercise, "version": facts.get("version") or exercise.published}
    facts.setdefault("student", None)
    facts["student"] = facts["student"] or make_user()
    facts.setdefault("source", RIGHT)
    facts.setdefault("runtime", "numpy")
    return Submission.objects.create(**facts)


def make_claimed(**facts: Any) -> Submission:
    """A submission that a worker has just claimed."""
    submission = grading.claim(submission_id=make_submission(**facts).pk)
    assert submission is not None
    return submission


def expire(submission: Submission) -> None:
    """Let the lease run out, as if its worker had died."""
    past = timezone.now() - timedelta(seconds=1)
    Submission.objects.filter(pk=submission.pk).update(lease_until=past)


def make_node(**facts: Any) -> Node:
    """A node that grades."""
    defaults = {
        "name": f"node{next(_numbers)}",
        "heartbeat": timezone.now(),
        "level": "shared-uid",
        "grading": True,
        "queues": ["cpu"],
        "runtimes": ["numpy", "torch"],
    }
    return Node.objects.create(**(defaults | facts))


def expire_run(run: GateRun) -> None:
    """Let the lease of a run of the gate run out."""
    GateRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
