"""The bench measures what it says; how fast a machine is, no test asserts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import Level, Runtime, bench
from grader.sandbox.template import Template

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def printed(sandbox):
    """What `bench --quick --json` prints; the sandbox is asked for, so that a machine without one skips."""
    command = [sys.executable, "-m", "grader", "bench", "--quick", "--json"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def value(printed, runtime, what):
    (found,) = (one for one in printed["figures"] if (one["runtime"], one["what"]) == (runtime, what))
    return found


@pytest.mark.parametrize("runtime", list(Runtime))
def test_every_promised_figure_is_there(printed, runtime):
    work = "empty call" if runtime is Runtime.NUMPY else "gradient"
    for what in (
        f"bare fork, exit and reap, beside {work}, median",
        f"whole box, {work}, p99",
        f"whole box / bare fork, {work}",
        f"waiting box, first answer, {work}, median",
        "boxes per second, one core",
    ):
        assert value(printed, runtime, what)["value"] > 0, what


@pytest.mark.parametrize(("runtime", "job"), [("numpy", "adamw"), ("torch", "layernorm")])
def test_verdicts_are_counted_beside_those_of_cold_starts(printed, runtime, job):
    what = f"verdicts per second, {job}, 20 cases, {len(os.sched_getaffinity(0))} cores"
    assert value(printed, runtime, what)["value"] > 0
    assert value(printed, "numpy", "central_difference: a verdict that fails")["unit"] == "ms"


def test_large_arrays_are_timed_in_both_directions(printed):
    assert all(value(printed, "numpy", f"64 MB {way}")["unit"] == "GB/s" for way in ("out", "back"))


def test_what_has_a_target_says_whether_it_was_reached(printed):
    aims = [one for one in printed["figures"] if one["target"] is not None]
    assert len(aims) >= 8
    for one in aims:
        kept = one["value"] <= one["target"] if one["at_most"] else one["value"] >= one["target"]
        assert one["reached"] is kept


def test_what_could_not_be_measured_is_said(monkeypatch):
    monkeypatch.setattr(bench.shutil, "which", lambda _: None)
    here = bench.Collected(bench.Rounds.quick())
    assert bench._cold_command(here, Runtime.NUMPY, "") is None
    assert any("bubblewrap" in line for line in here.missing)


def test_a_bare_fork_is_no_box(sandbox):
    template = Template(Runtime.NUMPY, level=Level(sandbox.level))
    template.await_ready()
    try:
        assert 0 < template.bare_fork() < 1
        assert not template._children
    finally:
        template.close()
