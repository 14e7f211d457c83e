"""The doctor tries each layer, and says what is missing and how to give it."""

import json
import sys
from dataclasses import replace

import pytest

from grader.sandbox import Level, Runtime, doctor, render
from grader.sandbox.machine import Machine
from grader.sandbox.probes import PROBES, Probe, applies

module = sys.modules["grader.sandbox.doctor"]  # the name in the package is the function


@pytest.fixture(scope="module")
def report(sandbox):
    return doctor()


def test_every_required_layer_holds_here(report, sandbox):
    assert report.level is sandbox.level
    assert report.ok, render(report)


def test_the_report_can_be_printed_and_sent(report):
    as_dict = json.loads(json.dumps(report.as_dict()))
    assert as_dict["level"] == report.level.label
    assert {"name", "ok", "detail", "cure", "optional"} == set(as_dict["layers"][0])
    table = render(report)
    assert all(layer.name in table for layer in report.layers)
    assert "submissions can be graded here" in table


def test_an_escape_that_works_is_seen(sandbox):
    harmless = Probe(
        layer="arithmetic", tries="add", source="1 + 1", held=("forbidden",), cure="Forbid sums."
    )
    layer = module._try(sandbox, harmless)
    assert not layer.ok
    assert layer.cure == "Forbid sums."


def test_a_probe_that_is_broken_itself_does_not_count_as_held(sandbox):
    typo = Probe(layer="typo", tries="x", source="no_such_name", held=("forbidden", "OSError"), cure="")
    assert not module._try(sandbox, typo).ok


@pytest.mark.parametrize("probe", [p for p in PROBES if applies(p, namespaces=True)], ids=lambda p: p.layer)
def test_each_probe_reaches_its_layer(sandbox, namespaces, probe):
    with sandbox.box(Runtime.NUMPY, limits=probe.limits) as box:
        reply = box.load(probe.source)
    kind = getattr(reply, "outcome", getattr(reply, "type_name", "answer"))
    assert kind in probe.held, reply


def test_a_machine_that_gives_nothing_is_reported_with_its_cure(monkeypatch):
    nothing = Machine(Level.NONE, "Boxes need Linux.", "Use the compose file.")
    monkeypatch.setattr(module, "available", lambda: nothing)
    report = doctor()
    assert not report.ok
    assert report.level is Level.NONE
    assert "Use the compose file." in render(report)
    assert "not graded" in render(report)


def test_a_higher_level_than_the_machines_is_not_ok(report):
    assert not replace(report, level=Level.REDUCED).ok
