"""Named values of one answer are scored one by one, and the first that is wrong is explained."""

import json
import subprocess
import sys

import pytest

from grader import archive, gate, grade
from grader.errors import ExerciseError, ReferenceError_
from grader.report import progress
from grader.student_bundle import student_bundle
from tests.grader.factories import SQUARE_REFERENCE, SQUARE_TOML, make_exercise

TOML = """
[[entries]]
name = "norm"
kind = "function"
signature = "norm(x) -> steps"
parameters = ["x"]
returns = ["steps"]

[[checks]]
name = "Steps"
kind = "value"
entry = "norm"
group = "any"
points = { mean = 1, centred = 2, total = 3 }

[[solutions]]
file = "solutions/right.py"
outcome = "accepted"

[[solutions]]
file = "solutions/uncentred.py"
outcome = "wrong"
fails = "Steps"
at = "centred"
name = "Not centred"
sentence = "You leave the mean in."
hint = "Subtract it."
"""
REFERENCE = """
import numpy as np

def cases(rng, group):
    return [{"x": rng.normal(size=n)} for n in (4, 3, 5)]

def expected(x):
    return {"mean": float(x.mean()), "centred": x - x.mean(), "total": float(((x - x.mean()) ** 2).sum())}
"""
SOURCE = """
import numpy as np
def norm(x):
    mean = {mean}
    centred = {centred}
    return {{"mean": mean, "centred": centred, "total": {total}}}
"""
RIGHT = {"mean": "float(x.mean())", "centred": "x - mean", "total": "float((centred**2).sum())"}


def source(**changed):
    return SOURCE.format(**{**RIGHT, **changed})


def make(*, toml=TOML, **files):
    stored = {"solutions__right": source(), "solutions__uncentred": source(centred="x.copy()")}
    return make_exercise(("norm", toml, REFERENCE), **{**stored, **files})


@pytest.fixture
def check(sandbox):
    """The one check of a source."""

    def graded(text):
        verdict = grade(make(), text, sandbox=sandbox, seed=3)
        json.dumps(verdict.as_dict(), allow_nan=False)
        assert verdict.points == verdict.checks[0].points
        return verdict.checks[0]

    return graded


def states(check):
    return {row["name"]: (row["state"], row["points"]) for row in check.evidence.intermediates}


def test_the_points_of_the_check_are_those_of_its_values():
    assert make().max_points == 6


def test_a_right_answer_has_all_points_and_says_how_near_each_value_is(check):
    found = check(source(total="float((centred**2).sum()) * (1 + 1e-15)"))

    assert (found.passed, found.points) == (True, 6)
    assert states(found) == {"mean": ("exact", 1), "centred": ("exact", 2), "total": ("approximate", 3)}
    assert 0 < found.evidence.intermediates[2]["error"] < 1e-13


def test_a_value_that_is_wrong_costs_its_own_points_only(check):
    found = check(source(centred="x + mean", total="float(((x - mean)**2).sum())"))

    assert (found.passed, found.points) == (False, 4)
    assert states(found) == {"mean": ("exact", 1), "centred": ("wrong", 0), "total": ("exact", 3)}
    assert found.sentence.startswith("centred is wrong: at centred[")
    assert found.evidence.intermediates[1]["error"] > 0.01


def test_a_value_is_right_only_if_it_is_on_all_inputs(check):
    found = check(source(mean="float(x.mean()) if len(x) != 3 else 9.0", centred="x - x.mean()"))

    assert states(found) == {"mean": ("wrong", 0), "centred": ("exact", 2), "total": ("exact", 3)}


@pytest.mark.parametrize("returned", ['{"mean": mean, "extra": x}', '{"mean": mean, "centred": None}'])
def test_a_value_that_is_not_there_is_missing(check, returned):
    found = check(f"def norm(x):\n    mean = float(x.mean())\n    return {returned}")

    assert states(found) == {"mean": ("exact", 1), "centred": ("missing", 0), "total": ("missing", 0)}
    assert found.sentence == "centred is missing from the result."
    assert found.points == 1


def test_a_value_of_another_shape_is_wrong_without_a_difference(check):
    found = check(source(centred="(x - mean)[:, None]", total="float(((x - mean)**2).sum())"))

    assert states(found)["centred"] == ("wrong", 0)
    assert "error" not in found.evidence.intermediates[1]
    assert found.outcome == "shape"


def test_nan_is_wrong(check):
    assert states(check(source(mean="float('nan')", centred="x - x.mean()")))["mean"] == ("wrong", 0)


def test_the_command_prints_a_line_for_each_value(check, capsys):
    progress(0, check(source(centred="x + 1.0", total="float(((x - mean)**2).sum())")))

    lines = [line.strip() for line in capsys.readouterr().out.split("\n")]
    assert "✗ Steps  (4 of 6)" in lines
    assert "mean: exact  (1 of 1)" in lines
    assert any(line.startswith("centred: wrong, off by 1.") for line in lines)


@pytest.mark.parametrize("text", ["def norm(x):\n    return x", "def norm(x):\n    return x[9]"])
def test_an_answer_without_names_has_no_points(check, text):
    found = check(text)

    assert (found.passed, found.points, found.evidence.intermediates) == (False, 0, None)


def test_the_mistake_in_the_first_wrong_value_is_named_whatever_comes_after_it(check):
    found = check(source(centred="x * 1.0", total="7.0"))

    assert found.evidence.diagnosis["name"] == "Not centred"


def test_a_mistake_in_an_earlier_value_is_not_named_where_that_value_is_right(sandbox):
    """Without a mean nothing is centred either, but here the mean is there."""
    earlier = TOML[TOML.index('[[solutions]]\nfile = "solutions/uncentred.py"') :]
    earlier = earlier.replace("uncentred", "no_mean").replace('at = "centred"', 'at = "mean"')
    earlier = earlier.replace("Not centred", "No mean")
    exercise = make(toml=TOML + earlier, solutions__no_mean=source(mean="0.0"))
    text = source(centred="x.copy()")

    diagnosis = grade(exercise, text, sandbox=sandbox).checks[0].evidence.diagnosis

    assert (diagnosis["name"], diagnosis["also"]) == ("Not centred", [])


def test_values_returned_as_a_tuple_are_named_by_the_entry(sandbox):
    toml = SQUARE_TOML.replace("points = 3", "points = { dx = 1, dscale = 2 }").replace('"any"', '"f8"')
    exercise = make_exercise(("square_backward", toml, SQUARE_REFERENCE))
    text = "def square_backward(x, scale, dy):\n    return 2 * x * dy, (x**2 * dy).sum(axis=0)"

    found = grade(exercise, text, sandbox=sandbox).checks[0]

    assert {name: points for name, (_, points) in states(found).items()} == {"dx": 0, "dscale": 2}


def test_each_value_has_the_bound_of_the_terms_that_it_is_made_of(sandbox):
    """z cancels: in another order it differs by 10⁻⁷ of itself, and by nothing of its terms. a does not."""
    reference = """
import numpy as np

def cases(rng, group):
    return [{"x": np.append(x, x + 1e-9)} for x in rng.uniform(1, 2, size=(4, 10))]

def expected(x):
    return {"z": float(1e8 * x[:10].sum() - 1e8 * x[10:].sum()), "a": float(x[0] / 1000)}
"""
    toml = TOML.replace("{ mean = 1, centred = 2, total = 3 }", "{ z = 1, a = 2 }").replace(
        '"centred"', '"z"'
    )
    exercise = make_exercise(("norm", toml, reference), solutions__right="", solutions__uncentred="")
    z = "float(1e8 * (x[:10] - x[10:]).sum())"
    text = f"def norm(x):\n    return {{'z': {z}, 'a': float(x[0] / 1000) * (1 + FAR)}}"

    near, far = (
        states(grade(exercise, text.replace("FAR", one), sandbox=sandbox).checks[0]) for one in ("0", "1e-7")
    )

    assert near == {"z": ("approximate", 1), "a": ("exact", 2)}
    assert far == {"z": ("approximate", 1), "a": ("wrong", 0)}


def test_the_gate_wants_a_wrong_version_to_fail_first_where_it_says(sandbox):
    def row(exercise):
        return {one.program: one for one in gate(exercise, sandbox=sandbox).rows}["solutions/uncentred.py"]

    assert row(make()).ok
    assert row(make()).observed == "mismatch at “Steps”, centred"
    elsewhere = row(make(toml=TOML.replace('at = "centred"', 'at = "total"')))
    assert (elsewhere.ok, elsewhere.declared) == (False, "fails at “Steps”, total, and is named")


def test_a_canary_has_to_be_noticed_at_every_value_by_itself(sandbox):
    small_mean = "np.arange(n) - (n - 1) / 2 + rng.uniform(0.1, 0.2)"
    reference = REFERENCE.replace("rng.normal(size=n)", small_mean)
    loose = 'tolerance = { rtol = 0.0, atol = 0.9, reason = "x" }\n\n[[solutions]]'

    def row(toml):
        found = gate(make(toml=toml, reference=reference), sandbox=sandbox).rows
        return next(one for one in found if one.program == "canaries of “Steps”")

    assert row(TOML).ok
    assert row(TOML).remark == "does not apply: transposed"
    assert "zeros" in row(TOML.replace("[[solutions]]", loose, 1)).remark  # noticed in the total only


def test_a_bundle_repeats_it(sandbox, tmp_path):
    text = source().replace('"mean": mean', '"mean": mean, "more": 1')
    verdict = grade(make(), text, sandbox=sandbox)
    for name, data in archive.unpack(student_bundle(make(), text, verdict, sandbox=sandbox)).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    done = subprocess.run([sys.executable, "repro.py"], cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, "✓ Steps (3 inputs)\nAll checks that are here pass.\n")


def test_a_reference_without_one_of_the_names_is_the_authors_fault(sandbox):
    with pytest.raises(ReferenceError_, match="mean, centred, total"):
        grade(make(reference=REFERENCE.replace('"total"', '"sum"')), source(), sandbox=sandbox)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("centred = 2", "centred = -2", "checks[0].points.centred: expected a whole number of 0 or more"),
        ('at = "centred"', 'at = "mid"', "solutions[1].at: expected one of mean, centred, total"),
        ('at = "centred"\n', "", "solutions[1].at: is missing"),
        ('kind = "value"', 'kind = "property"', "checks[0].points: expected a whole number"),
    ],
)
def test_points_for_values_are_declared_in_full(old, new, message):
    with pytest.raises(ExerciseError) as refused:
        make(toml=TOML.replace(old, new, 1))

    assert message in str(refused.value)


def test_without_points_an_input_changed_in_place_is_found_beside_values_that_are_right(sandbox):
    second = """
[[checks]]
name = "Left alone"
kind = "value"
entry = "norm"
group = "any"
reference = "only_mean"
points = { mean = 0 }

[[solutions]]
file = "solutions/in_place.py"
outcome = "wrong"
fails = "Left alone"
name = "In place"
sentence = "You change x."
hint = "Make a new array."
"""
    reference = REFERENCE + "\ndef only_mean(x):\n    return {'mean': float(x.mean())}\n"
    centring = source().replace("centred = x - mean", "x -= mean\n    centred = x.copy()")
    exercise = make(toml=TOML + second, reference=reference, solutions__in_place=centring)

    checks = grade(exercise, centring, sandbox=sandbox).checks

    assert [(one.outcome, one.points) for one in checks] == [("passed", 6), ("side_effect", 0)]
    assert checks[1].evidence.diagnosis["name"] == "In place"
    extra = source().replace('"mean": mean', '"mean": mean, "more": x')
    assert grade(exercise, extra, sandbox=sandbox).passed
