"""The figure of schedules draws the rates of exercise 43: one table of values holds for both."""

import json
from pathlib import Path

import pytest

from grader.sandbox import Answer, Runtime

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "courseapp" / "assets" / "test" / "schedule-values.json").read_text())
SOURCE = (ROOT / "exercises" / "08-optimizers" / "43-lr-at" / "baseline.py").read_text()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["schedule"])
def test_exercise_43_has_the_rates_of_the_table(sandbox, row):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load(SOURCE)
        replies = [box.call("lr_at", s, row["schedule"], row["options"]) for s in range(len(row["rates"]))]

    rates = [reply.value if isinstance(reply, Answer) else reply for reply in replies]
    assert rates == pytest.approx(row["rates"], rel=1e-12, abs=1e-15)
