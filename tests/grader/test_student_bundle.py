"""A student's bundle holds what they may see, in plain formats; the same verdict makes the same bundle."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest

from grader import archive, student_bundle
from grader.exercise import Phase, Visibility
from grader.judge import grade
from grader.student_bundle import student_bundle as make_bundle
from grader.values import Rng, Tensor
from tests.grader.factories import APPLY, make_exercise

WRONG = "def double(x):\n    return x / 2\n"
LARGE = """
import numpy as np

def cases(rng, group):
    return [{"x": rng.normal(size=(20, 30))}]

def expected(x):
    return 2 * x
"""
SECOND = """
[[checks]]
name = "In secret"
kind = "value"
entry = "double"
group = "any"
points = 1
visibility = "{visibility}"

[[solutions]]
"""


@pytest.fixture
def bundle(sandbox):
    """The files of the bundle of a wrong solution."""

    def made(exercise, source=WRONG, seed=5):
        verdict = grade(exercise, source, sandbox=sandbox, seed=seed)
        return archive.unpack(make_bundle(exercise, source, verdict, sandbox=sandbox))

    return made


def told(files) -> dict:
    return json.loads(files["checks.json"])


def test_it_holds_the_code_the_script_the_inputs_and_the_verdict(bundle):
    files = bundle(make_exercise())

    assert sorted(files) == ["README.txt", "checks.json", "double.py", "repro.py", "verdict.json"]
    assert files["double.py"].decode() == WRONG
    (check,) = told(files)["checks"]
    assert check["outcome"] == "mismatch"
    for case in check["cases"]:
        x = np.array(case["arguments"]["x"]["array"]["values"])
        assert np.array_equal(case["expected"]["array"]["values"], 2 * x)


def test_the_inputs_are_those_of_the_verdict(sandbox):
    exercise = make_exercise(replace=("[[solutions]]", SECOND.format(visibility="all")))
    source = "def double(x):\n    print(x.tolist())\n    return 2 * x + 1\n"
    verdict = grade(exercise, source, sandbox=sandbox)

    checks = told(archive.unpack(make_bundle(exercise, source, verdict, sandbox=sandbox)))["checks"]

    for check, result in zip(checks, verdict.checks, strict=True):
        sent = [case["arguments"]["x"]["array"]["values"] for case in check["cases"]]
        graded = [json.loads(line) for line in result.evidence.stdout.splitlines()]
        assert sent == graded[: len(sent)]


def test_the_same_seed_gives_the_same_inputs(bundle):
    first, again = (told(bundle(make_exercise(), seed=5)) for _ in range(2))
    other = told(bundle(make_exercise(), seed=6))

    assert first == again
    assert first["checks"][0]["cases"] != other["checks"][0]["cases"]


def test_the_same_verdict_makes_the_same_bytes(sandbox):
    exercise = make_exercise(APPLY)
    source = "def apply(f, x):\n    return f(x)\n"
    verdict = grade(exercise, source, sandbox=sandbox)

    first, again = (make_bundle(exercise, source, verdict, sandbox=sandbox) for _ in range(2))

    assert first == again


def test_what_may_be_seen_after_the_deadline_is_in_the_bundle_of_that_phase(sandbox):
    hidden = SECOND.format(visibility="name").replace('"name"', '"name"\nvisibility_after = "all"')
    exercise = make_exercise(replace=("[[solutions]]", hidden))
    verdict = grade(exercise, WRONG, sandbox=sandbox, seed=5)

    packed = make_bundle(exercise, WRONG, verdict, sandbox=sandbox, phase=Phase.AFTER)
    files = archive.unpack(packed)

    assert [check["name"] for check in told(files)["checks"]] == ["Doubled", "In secret"]
    assert json.loads(files["verdict.json"])["checks"][1]["sentence"]


@pytest.mark.parametrize("visibility", ["message", "name"])
def test_what_a_student_may_not_see_is_left_out(bundle, visibility):
    exercise = make_exercise(replace=("[[solutions]]", SECOND.format(visibility=visibility)))

    files = bundle(exercise)

    assert [check["name"] for check in told(files)["checks"]] == ["Doubled"]
    assert told(files)["left_out"] == [["In secret", "its inputs are not shown"]]
    hidden = json.loads(files["verdict.json"])["checks"][1]
    assert hidden["evidence"] == {}
    assert bool(hidden["sentence"]) == (visibility == "message")


def test_nothing_of_the_author_is_inside(bundle):
    files = bundle(make_exercise(baseline="def double(x):\n    return 2.0 * x  # the baseline\n"))

    text = b"".join(files.values()).decode()
    assert "You divide by two" in text  # the diagnosis is the student's to read
    for secret in ("the baseline", "def cases", "x + x"):
        assert secret not in text


def test_larger_arrays_are_npy_files_without_pickles(bundle):
    files = bundle(make_exercise(reference=LARGE))

    (case,) = told(files)["checks"][0]["cases"]
    x, y = (
        np.load(io.BytesIO(files[one["npy"]]), allow_pickle=False)
        for one in (case["arguments"]["x"], case["expected"])
    )
    assert np.array_equal(y, 2 * x)
    assert x.shape == (20, 30)


def test_inputs_that_are_too_large_stay_here(bundle, monkeypatch):
    monkeypatch.setattr(student_bundle, "MAX_BYTES", 1000)

    files = bundle(make_exercise(reference=LARGE))

    assert told(files)["checks"] == []
    assert told(files)["left_out"] == [["Doubled", "its inputs are too large to send along"]]
    assert not [name for name in files if name.endswith(".npy")]


def test_a_program_that_calls_with_large_arrays_fills_no_memory(sandbox, monkeypatch):
    """Ten calls with a megabyte each, of which two are written down; then the check is left out."""
    monkeypatch.setattr(student_bundle, "MAX_BYTES", 1 << 20)
    exercise = make_exercise(APPLY)
    source = (
        "import numpy as np\n"
        "def apply(f, x):\n    for _ in range(10):\n        y = f(np.full(100_000, x))\n    return x\n"
    )
    verdict = grade(exercise, source, sandbox=sandbox)
    written = []
    save = np.save
    monkeypatch.setattr(np, "save", lambda *args, **options: (written.append(1), save(*args, **options)))

    files = archive.unpack(make_bundle(exercise, source, verdict, sandbox=sandbox))

    assert told(files)["left_out"] == [["Called twice", "its inputs are too large to send along"]]
    assert len(written) == 2  # one argument and its answer


@pytest.mark.parametrize("answer", ["x * x", "[x * x]", "(x, {'square': x * x})"])
def test_an_answer_that_is_no_value_is_left_out(sandbox, answer):
    """A whole number of more than 64 bits, as a function of the author's makes it of a strange argument."""
    exercise = make_exercise((*APPLY[:2], APPLY[2].replace("3 * x", answer).replace("f(f(x))", "x")))
    strange = "def apply(f, x):\n    try:\n        f(2**62)\n    finally:\n        return x\n"
    verdict = grade(exercise, strange, sandbox=sandbox)

    (check,) = told(archive.unpack(make_bundle(exercise, strange, verdict, sandbox=sandbox)))["checks"]

    assert [case["functions"]["f"] for case in check["cases"]] == [[], [], []]


def test_a_program_that_waits_keeps_nobody_for_longer_than_one_limit(sandbox):
    """It is run for the calls that it makes. After the first input it has no time left."""
    exercise = make_exercise(APPLY)
    waits = "import time\ndef apply(f, x):\n    f(x)\n    time.sleep(0.4)\n    return f(x)\n"
    verdict = grade(exercise, waits, sandbox=sandbox)

    impatient = replace(exercise, limits=replace(exercise.limits, wall_s=0.3))
    (check,) = told(archive.unpack(make_bundle(impatient, waits, verdict, sandbox=sandbox)))["checks"]

    assert [len(case["functions"]["f"]) for case in check["cases"]] == [1, 0, 0]


def test_times_are_not_repeated(sandbox):
    timed = 'kind = "time"\nthreshold = 9.0'
    exercise = make_exercise(baseline=WRONG, replace=('kind = "value"', timed))
    verdict = grade(make_exercise(), WRONG, sandbox=sandbox)

    files = archive.unpack(make_bundle(exercise, WRONG, verdict, sandbox=sandbox))

    assert told(files)["left_out"] == [["Doubled", "it is measured beside the baseline, on one machine"]]


def test_code_that_is_no_text_is_sent_as_it_was_graded(bundle):
    files = bundle(make_exercise(), source="def double(x):\n    return '\udcff'\n")

    assert files["double.py"].decode().startswith("def double")


def test_a_check_that_is_visible_stays_so_whatever_the_others_are(bundle):
    exercise = make_exercise()
    hidden = replace(exercise, checks=(replace(exercise.checks[0], visibility=Visibility.NAME),))

    assert told(bundle(hidden))["checks"] == []
    assert len(told(bundle(exercise))["checks"]) == 1


def test_every_value_of_a_case_can_be_written():
    arrays = student_bundle._Arrays("arrays/00")
    value = {
        "plain": [None, True, 3, 2.5, "text", (1, 2)],
        "odd": [float("nan"), float("inf"), np.float32(0.1), np.int64(3), np.array(1.0)],
        "arrays": [np.array([np.nan]), np.zeros((0, 3)), np.ones(3, dtype="f2"), np.ones(2, dtype=complex)],
        "tensor": Tensor(np.ones(2), requires_grad=True),
        "rng": Rng(7),
    }

    written = json.loads(json.dumps(arrays.write(value), allow_nan=False))

    assert set(written["dict"]) == set(value)
    assert sorted(arrays.files) == ["arrays/00-0000.npy", "arrays/00-0001.npy"]
