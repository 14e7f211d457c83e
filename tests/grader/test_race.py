"""A race steps a student's optimizer in a box, on landscapes that the page draws as well."""

import json
from dataclasses import replace
from math import inf, nan
from pathlib import Path

import pytest

from grader import LANDSCAPES, RACERS, Heat, load_exercise, race
from grader.outcome import Outcome
from grader.race import RACE_STEPS

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "exercises" / "08-optimizers"
TABLE = json.loads((ROOT / "courseapp" / "assets" / "test" / "race-values.json").read_text())
FOLDERS = {
    "SGD": "39-sgd",
    "RMSprop": "40-adam",
    "Adam": "40-adam",
    "AdamW": "41-adamw",
    "Lion": "42-lion-muon",
}
HEAT = Heat(racer="sgd", landscape="valley", start=(-2.6, 0.8), lr=0.02)
SGD = "class SGD:\n    def __init__(self, params, lr=1e-3, momentum=0.0, nesterov=False):\n        {make}\n"
STEP = "    def step(self, grads):\n        {step}\n"
KEEP = "self.params, self.lr = params, lr"


def raced(sandbox, source="", **changes):
    heat = replace(HEAT, **changes)
    folder = UNIT / FOLDERS[RACERS[heat.racer].entry]
    code = source or (folder / "baseline.py").read_text()
    return race(load_exercise(folder), code, heat=heat, sandbox=sandbox)


def written(make=KEEP, step="self.params[0] -= self.lr * grads[0]"):
    return SGD.format(make=make) + STEP.format(step=step)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_landscape_has_the_values_of_the_table(name):
    for x, y, loss, *gradient in TABLE["landscapes"][name]:
        assert LANDSCAPES[name].loss(x, y) == pytest.approx(loss, rel=1e-12, abs=1e-12)
        assert LANDSCAPES[name].gradient(x, y) == pytest.approx(gradient, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_gradient_is_that_of_the_loss(name):
    loss, h = LANDSCAPES[name].loss, 1e-6
    for x, y in [(-2.6, 0.8), (0.3, -1.7), (1.1, 0.4)]:
        slopes = (
            (loss(x + h, y) - loss(x - h, y)) / (2 * h),
            (loss(x, y + h) - loss(x, y - h)) / (2 * h),
        )
        assert LANDSCAPES[name].gradient(x, y) == pytest.approx(slopes, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("row", TABLE["paths"], ids=lambda row: f"{row['racer']}-{row['landscape']}")
def test_a_right_optimizer_takes_the_path_of_torchs(sandbox, row):
    facts = {name: row[name] for name in ("racer", "landscape", "lr")}

    result = raced(sandbox, start=tuple(row["start"]), **facts)

    assert result.passed
    assert len(result.path) == RACE_STEPS + 1
    for step, point in row["steps"].items():
        assert result.path[int(step)] == pytest.approx(point, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("racer", RACERS)
def test_every_racer_comes_closer(sandbox, racer):
    result = raced(sandbox, racer=racer, landscape="bend", start=(-2.0, 1.6), lr=0.01)

    loss = LANDSCAPES["bend"].loss
    assert result.sentence == "Raced for 100 steps."
    assert loss(*result.path[-1]) < loss(*result.path[0])
    json.dumps(result.as_dict(), allow_nan=False)


def test_a_path_that_runs_away_ends(sandbox):
    result = raced(sandbox, lr=0.5)

    assert result.passed
    assert 3 < len(result.path) < RACE_STEPS
    assert all(abs(one) <= 1e6 for point in result.path for one in point)
    assert "left the picture for good" in result.sentence


@pytest.mark.parametrize("value", ["np.nan", "np.inf", "-1e7"])
def test_weights_that_are_no_place_end_the_path(sandbox, value):
    source = "import numpy as np\n" + written(step=f"self.params[0][:] = {value}")

    result = raced(sandbox, source)

    assert result.path == ((-2.6, 0.8),)
    assert result.passed
    json.dumps(result.as_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("source", "outcome", "steps"),
    [
        ("def SGD(", Outcome.SYNTAX, 0),
        ("1 / 0", Outcome.RAISED, 0),
        ("SGD = 3", Outcome.MISSING, 0),
        (written(make="raise ValueError(lr)"), Outcome.RAISED, 0),
        (written(step="self.n = getattr(self, 'n', 0) + 1; 1 / (self.n - 3)"), Outcome.RAISED, 2),
        (written(step="self.params[0].resize((3,), refcheck=False)"), Outcome.STRUCTURE, 0),
        (written(step="self.params[0].dtype = 'i8'"), Outcome.STRUCTURE, 0),
        (written(step="import os; os._exit(0)"), Outcome.EXITED, 0),
        (written(step="while True: pass"), Outcome.CPU_LIMIT, 0),
    ],
)
def test_code_that_does_not_race_is_the_students_to_mend(sandbox, source, outcome, steps):
    folder = UNIT / "39-sgd"
    exercise = load_exercise(folder)
    exercise = replace(exercise, limits=replace(exercise.limits, cpu_s=1.0))

    result = race(exercise, source, heat=HEAT, sandbox=sandbox)

    assert result.outcome is outcome, result.sentence
    assert len(result.path) == steps + 1
    assert not result.passed
    assert result.sentence


def test_the_code_sees_its_own_gradient_and_no_other(sandbox):
    source = written(step="print(*map(float, grads[0])); self.params[0] -= self.lr * grads[0]")

    result = raced(sandbox, source)

    first = tuple(map(float, result.stdout.splitlines()[0].split()))
    assert first == LANDSCAPES["valley"].gradient(-2.6, 0.8)
    assert len(result.stdout.splitlines()) == RACE_STEPS


@pytest.mark.parametrize(
    "wrong",
    [
        {"racer": "muon"},
        {"landscape": "maze"},
        {"start": (nan, 0.0)},
        {"start": (0.0, -inf)},
        {"start": (11.0, 0.0)},
        {"lr": 0.0},
        {"lr": nan},
        {"lr": 1e9},
    ],
)
def test_a_heat_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"no racer|two numbers|a rate"):
        replace(HEAT, **wrong)


def test_a_heat_survives_its_way_through_a_database():
    assert Heat.from_dict(json.loads(json.dumps(HEAT.as_dict()))) == HEAT
