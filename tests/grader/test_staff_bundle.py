"""A staff bundle repeats its verdict, says where it differs, and is read without trust."""

import json
from dataclasses import replace

import pytest

from grader import archive
from grader.errors import ExerciseError
from grader.judge import grade
from grader.outcome import Outcome
from grader.staff_bundle import read_bundle, rerun, staff_bundle
from tests.grader.factories import APPLY, DESCENT, DOUBLE, make_exercise

WRONG = "def double(x):\n    return x / 2\n"
PROGRAMS = {
    DOUBLE: WRONG,
    APPLY: "def apply(f, x):\n    return f(x)\n",
    DESCENT: "class Descent:\n    def __init__(self, params, lr=0.1): ...\n    def step(self, grads): ...\n",
}


@pytest.fixture
def bundled(sandbox):
    """The bundle of a program's verdict; `change` edits what the verdict says, or any file."""

    def made(exercise=None, source=WRONG, *, change=None, files=None):
        exercise = exercise or make_exercise()
        told = grade(exercise, source, sandbox=sandbox, seed=5).as_dict(staff=True)
        if change:
            change(told)
        packed = staff_bundle(exercise, source, told)
        return archive.pack({**archive.unpack(packed), **files}) if files else packed

    return made


@pytest.mark.parametrize("parts", PROGRAMS, ids=lambda parts: parts[0])
def test_a_verdict_is_the_same_once_more(sandbox, bundled, parts):
    found = rerun(read_bundle(bundled(make_exercise(parts), PROGRAMS[parts])), sandbox=sandbox)

    assert found.differences == ()
    assert found.same
    assert not found.verdict.passed
    assert found.verdict.seed == 5


def test_it_holds_the_exercise_the_submission_the_seed_and_the_verdict(bundled):
    exercise = make_exercise()

    bundle = read_bundle(bundled(exercise))

    assert bundle.exercise == exercise
    assert bundle.source == WRONG
    assert bundle.seed == 5
    assert bundle.verdict["checks"][0]["evidence"]["diagnosis"]["name"] == "Halved"


def test_the_same_verdict_makes_the_same_bytes(sandbox):
    exercise = make_exercise()
    told = grade(exercise, WRONG, sandbox=sandbox).as_dict(staff=True)

    assert staff_bundle(exercise, WRONG, told) == staff_bundle(exercise, WRONG, told)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"outcome": "passed"}, "“Doubled”: outcome was 'passed' and is 'mismatch'"),
        ({"points": 2}, "“Doubled”: points was '2' and is '0'"),
        ({"sentence": "Another."}, "“Doubled”: sentence was 'Another.'"),
        ({"evidence": {"got": 17.0}}, "“Doubled”: got of the evidence differs"),
        ({"name": "Tripled"}, "“Doubled” is not in the bundle's verdict"),
        ({"name": ["Doubled"]}, "“Doubled” is not in the bundle's verdict"),
        ({"evidence": {"more": [1]}}, "“Doubled”: more of the evidence differs"),
    ],
)
def test_where_a_verdict_differs_is_said(sandbox, bundled, change, difference):
    packed = bundled(change=lambda told: told["checks"][0].update(change))

    found = rerun(read_bundle(packed), sandbox=sandbox)

    assert not found.same
    assert found.differences[0].startswith(difference)


def test_what_was_hidden_from_a_student_is_not_compared(sandbox):
    exercise = make_exercise(replace=("points = 2", 'points = 2\nvisibility = "name"'))
    told = grade(exercise, WRONG, sandbox=sandbox, seed=5).as_dict()

    assert told["checks"][0]["sentence"] == ""
    assert rerun(read_bundle(staff_bundle(exercise, WRONG, told)), sandbox=sandbox).same


def test_how_much_of_a_limit_was_used_is_not_compared(sandbox):
    exercise = make_exercise(replace=("[[entries]]", "[limits]\ncpu_s = 0.3\n\n[[entries]]"))
    source = "def double(x):\n    while True:\n        pass\n"
    told = grade(exercise, source, sandbox=sandbox, seed=5).as_dict(staff=True)
    told["checks"][0]["evidence"]["used"] = "99 s"
    told["checks"][0]["sentence"] = "It used 99 s."

    found = rerun(read_bundle(staff_bundle(exercise, source, told)), sandbox=sandbox)

    assert found.verdict.checks[0].outcome is Outcome.CPU_LIMIT
    assert found.same


def test_measured_checks_are_graded_again_and_not_compared(sandbox):
    timed = ('kind = "value"', 'kind = "time"\nthreshold = 50.0')
    exercise = make_exercise(baseline="def double(x):\n    return 2 * x\n", replace=timed)
    told = grade(exercise, "def double(x):\n    return x + x\n", sandbox=sandbox).as_dict(staff=True)
    told["checks"][0]["outcome"] = "too_slow"

    found = rerun(
        read_bundle(staff_bundle(exercise, "def double(x):\n    return x + x\n", told)), sandbox=sandbox
    )

    assert found.same
    assert found.not_compared == ("Doubled",)
    json.dumps(found.as_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"bundle.json": b"{}"}, "bundle.json: expected format 1"),
        ({"bundle.json": b"["}, "bundle.json: expected JSON"),
        ({"bundle.json": b"[]"}, "bundle.json: expected an object"),
        ({"bundle.json": b"[" * 100_000}, "bundle.json: expected JSON"),
        ({"verdict.json": b'{"checks": 3}'}, "verdict.json: checks: expected a list"),
        ({"submission.py": b"\xff"}, "submission.py: expected UTF-8 text"),
        ({"exercise/statement.md": b"Changed."}, "expected the digest of the exercise in the bundle"),
        ({"exercise/more.py": b"x = 1"}, "more.py: unknown file"),
    ],
)
def test_a_bundle_that_was_changed_is_refused(bundled, files, sentence):
    with pytest.raises(ExerciseError) as refused:
        read_bundle(bundled(files=files))

    assert sentence in str(refused.value)


@pytest.mark.parametrize("seed", [-1, 2**53, 1.5, True, None, "7"])
def test_a_seed_that_is_none_is_refused(bundled, seed):
    about = json.loads(archive.unpack(bundled())["bundle.json"]) | {"seed": seed}

    with pytest.raises(ExerciseError, match="seed: expected a whole number"):
        read_bundle(bundled(files={"bundle.json": json.dumps(about).encode()}))


def test_a_file_that_is_missing_is_named():
    exercise = make_exercise()
    files = archive.unpack(staff_bundle(exercise, WRONG, {"seed": 5, "checks": []}))
    del files["submission.py"]

    with pytest.raises(ExerciseError, match=r"submission\.py: is missing from the bundle"):
        read_bundle(archive.pack(files))


def test_a_bundle_of_a_bundle_says_the_same(sandbox, bundled):
    first = rerun(read_bundle(bundled()), sandbox=sandbox)
    exercise = replace(make_exercise())

    again = staff_bundle(exercise, WRONG, first.verdict.as_dict(staff=True))

    assert rerun(read_bundle(again), sandbox=sandbox).same
