"""A variant is recognised as a whole, always named, and passes only where the exercise accepts it."""

import json

import pytest

from grader import archive, gate, grade, run_examples
from grader.errors import ExerciseError, ReferenceError_
from grader.report import progress
from grader.student_bundle import student_bundle
from tests.grader.factories import make_exercise

TOML = """
[[entries]]
name = "spread"
kind = "function"
signature = "spread(x) -> s"
parameters = ["x"]
returns = ["s"]

[[entries]]
name = "scaled"
kind = "function"
signature = "scaled(x) -> y"
parameters = ["x"]
returns = ["y"]

[[checks]]
name = "Constant"
kind = "value"
entry = "spread"
group = "constant"
points = 1

[[checks]]
name = "Spread"
kind = "value"
entry = "spread"
group = "random"
points = 1

[[checks]]
name = "Scaled"
kind = "value"
entry = "scaled"
group = "random"
reference = "scaled"
points = 2

[[solutions]]
file = "solutions/right.py"
outcome = "accepted"

[[variants]]
file = "solutions/sample.py"
accepted = true
name = "ddof 1"
sentence = "You divide by n − 1."

[[variants]]
file = "solutions/absolute.py"
accepted = ABSOLUTE
name = "Mean deviation"
sentence = "You take the mean of |x − mean|."

[[examples]]
entry = "spread"
arguments = { x = [1.0, 2.0, 6.0] }
"""
REFERENCE = """
import numpy as np

def cases(rng, group):
    return [{"x": np.full(n, 2.0) if group == "constant" else rng.normal(size=n)} for n in (3, 4, 5)]

def expected(x):
    return float(x.std())

def scaled(x):
    return x / x.std()
"""
SOURCE = "def spread(x):\n    return float({})\ndef scaled(x):\n    return x / {}\n"
STD, SAMPLE, ABSOLUTE = "x.std()", "x.std(ddof=1)", "abs(x - x.mean()).mean()"
NOT_ACCEPTED = 'false\nfails = "Spread"\nhint = "Square."'


def make(*, absolute="true", **files):
    stored = {"right": STD, "sample": SAMPLE, "absolute": ABSOLUTE}
    sources = {f"solutions__{name}": SOURCE.format(one, one) for name, one in stored.items()}
    parts = ("spread", TOML.replace("ABSOLUTE", absolute), REFERENCE)
    return make_exercise(parts, **{**sources, **files})


@pytest.fixture
def graded(sandbox):
    def verdict(spread, scaled, **options):
        return grade(make(**options), SOURCE.format(spread, scaled), sandbox=sandbox)

    return verdict


def test_an_accepted_variant_passes_and_is_named_where_an_input_shows_it(graded):
    verdict = graded(SAMPLE, SAMPLE)

    assert verdict.passed
    constant, spread, scaled = verdict.checks
    assert constant.evidence.variant is None
    assert spread.sentence == "Right, as the variant “ddof 1”. You divide by n − 1."
    assert scaled.evidence.variant == {"name": "ddof 1", "sentence": "You divide by n − 1.", "also": []}
    assert json.dumps(verdict.as_dict(), allow_nan=False)


def test_the_form_of_the_statement_is_named_nowhere(graded):
    verdict = graded(STD, STD)

    assert verdict.passed
    assert [check.evidence.variant for check in verdict.checks] == [None, None, None]


@pytest.mark.parametrize(
    ("spread", "scaled", "said"),
    [
        (SAMPLE, STD, "Your code is the statement's form here, and the variant “ddof 1” in “Spread”."),
        (STD, SAMPLE, "Your code is the variant “ddof 1” here, and the statement's form in “Spread”."),
        (SAMPLE, ABSOLUTE, "Your code is the variant “Mean deviation” here, and the variant “ddof 1”"),
    ],
)
def test_one_form_is_due_in_all_checks(graded, spread, scaled, said):
    verdict = graded(spread, scaled)

    assert [check.passed for check in verdict.checks] == [True, True, False]
    assert verdict.checks[2].sentence.startswith(said)
    assert verdict.points == 2


@pytest.mark.parametrize("other", [STD, ABSOLUTE])
def test_forms_are_not_mixed_from_input_to_input(graded, other):
    check = graded(f"({SAMPLE} if len(x) == 4 else {other})", other).checks[1]

    assert not check.passed
    assert check.evidence.variant is None


def test_a_check_that_is_wrong_in_every_form_decides_nothing(graded):
    verdict = graded("x.sum()", SAMPLE)

    assert [check.passed for check in verdict.checks] == [False, False, True]
    assert verdict.checks[2].evidence.variant["name"] == "ddof 1"


def test_a_variant_that_is_not_accepted_fails_under_its_name(graded):
    check = graded(ABSOLUTE, ABSOLUTE, absolute=NOT_ACCEPTED).checks[1]

    assert (check.passed, check.points) == (False, 0)
    assert check.evidence.diagnosis["name"] == "Mean deviation"
    assert check.evidence.diagnosis["sentence"] == "You take the mean of |x − mean|."
    assert check.evidence.diagnosis["variant"]


def test_a_variant_agrees_within_the_same_bounds_and_no_further(graded):
    check = graded(f"{SAMPLE} * (1 + 1e-9)", SAMPLE).checks[1]

    assert not check.passed


def test_the_command_prints_the_name_of_a_variant(graded, capsys):
    progress(1, graded(SAMPLE, SAMPLE).checks[1])

    assert "Right, as the variant “ddof 1”." in capsys.readouterr().out


def test_a_run_shows_an_accepted_variant_as_right(sandbox):
    example = run_examples(make(), SOURCE.format(SAMPLE, SAMPLE), sandbox=sandbox).examples[0]

    assert example.outcome == "passed"
    assert example.sentence.startswith("Right, as the variant “ddof 1”.")


def test_a_bundle_leaves_out_a_check_that_passed_as_a_variant(sandbox):
    source = SOURCE.format(SAMPLE, SAMPLE)
    verdict = grade(make(), source, sandbox=sandbox)

    told = json.loads(archive.unpack(student_bundle(make(), source, verdict, sandbox=sandbox))["checks.json"])

    assert [check["name"] for check in told["checks"]] == ["Constant"]
    assert "“ddof 1”" in told["left_out"][0][1]


def test_an_accepted_variant_without_an_answer_is_the_authors_fault(graded):
    with pytest.raises(ReferenceError_, match=r"solutions/sample\.py"):
        graded(
            SAMPLE, SAMPLE, solutions__sample="def spread(x):\n    return x[9]\ndef scaled(x):\n    return x"
        )


def rows(exercise, sandbox):
    return {row.program: row for row in gate(exercise, sandbox=sandbox).rows}


def test_the_gate_proves_that_variants_pass_or_fail_and_are_named(sandbox):
    found = rows(make(absolute=NOT_ACCEPTED), sandbox)

    assert (found["solutions/sample.py"].observed, found["solutions/sample.py"].remark) == ("passes", "named")
    assert found["solutions/absolute.py"].observed == "mismatch at “Spread”"
    assert found["solutions/absolute.py"].remark == "named"
    assert all(row.ok for program, row in found.items() if program.startswith("solutions/"))


def test_a_variant_that_no_input_shows_closes_the_gate(sandbox):
    same = SOURCE.format(STD, STD)

    row = rows(make(solutions__sample=same), sandbox)["solutions/sample.py"]

    assert (row.ok, row.observed, row.remark) == (False, "passes", "not named")


def test_a_right_solution_that_is_a_variant_closes_the_gate(sandbox):
    row = rows(make(solutions__right=SOURCE.format(SAMPLE, SAMPLE)), sandbox)["solutions/right.py"]

    assert (row.ok, row.remark) == (False, "named as ddof 1")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("accepted = 1", "variants[0].accepted: expected true or false, got 1"),
        ("accepted = false", "variants[0].fails: is missing"),
        ('accepted = true\nfails = "Spread"', "variants[0].fails: unknown key here"),
    ],
)
def test_a_variant_is_declared_in_full(toml, message):
    parts = ("spread", TOML.replace("ABSOLUTE", "true").replace("accepted = true", toml, 1), REFERENCE)
    files = {f"solutions__{name}": "" for name in ("right", "sample", "absolute")}

    with pytest.raises(ExerciseError) as refused:
        make_exercise(parts, **files)

    assert message in str(refused.value)


def test_a_check_that_measures_stands_beside_no_accepted_variant():
    timed = 'kind = "time"\nthreshold = 2.0'
    parts = ("spread", TOML.replace("ABSOLUTE", "true").replace('kind = "value"', timed, 1), REFERENCE)
    files = {f"solutions__{name}": "" for name in ("right", "sample", "absolute")}

    with pytest.raises(ExerciseError, match=r"checks\[0\].kind: expected no check that measures"):
        make_exercise(parts, baseline="", **files)
