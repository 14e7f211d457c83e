"""Each hostile submission gets the verdict that its header names, and nobody else notices.

The next submission on the same sandbox must be graded as if nothing had happened. `python -m tests.attacks`
tries them again and again, in random order and beside honest ones.
"""

import subprocess
import sys

import pytest

from grader.errors import SandboxUnavailable
from grader.outcome import Outcome
from grader.sandbox import Sandbox
from tests.attacks import coverage
from tests.attacks.__main__ import ROOT
from tests.attacks.corpus import Trial, attempt, read_attack, read_attacks
from tests.attacks.threats import FAMILIES, TESTED, UNTRIED

ATTACKS = read_attacks()


@pytest.fixture(scope="module")
def sandbox():
    try:
        made = Sandbox()
    except SandboxUnavailable as reason:
        pytest.skip(f"no attack was tried: {reason}")
    with made:
        yield made


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fails_as_its_header_says(attack, sandbox):
    if attack.not_here:
        pytest.skip(f"not tested: {attack.not_here}")

    assert attempt(attack, sandbox).problem == ""


def test_an_attack_that_succeeds_is_seen(tmp_path, sandbox):
    path = tmp_path / "lying_to_the_comparison" / "right.py"
    path.parent.mkdir()
    right = next(attack for attack in ATTACKS if attack.path.stem == "control_odd_layouts").source
    path.write_text(right.replace("# outcome: passed", "# outcome: mismatch"))

    trial = attempt(read_attack(path), sandbox)

    assert isinstance(trial, Trial)
    assert trial.problem.startswith("passed instead of mismatch")


def test_there_are_attacks_of_every_family():
    assert {attack.family for attack in ATTACKS} == set(FAMILIES)
    assert len(ATTACKS) >= 150


def test_every_outcome_named_in_a_header_exists():
    assert {name for attack in ATTACKS for name in attack.outcomes} <= set(Outcome)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_names_threats_of_its_family(attack):
    assert attack.items
    assert set(attack.items) <= set(FAMILIES[attack.family])


def test_no_threat_is_without_an_attack():
    tried = {(attack.family, item) for attack in ATTACKS for item in attack.items}
    threats = {(family, item) for family, items in FAMILIES.items() for item in items}

    missing = {(family, item) for family, item in threats - tried if item not in {**TESTED, **UNTRIED}}

    assert missing == set()


def test_what_is_tried_elsewhere_exists_there():
    for place in TESTED.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(), place


def test_only_what_needs_another_machine_is_not_tried():
    assert set(UNTRIED.values()) == {"needs a GPU"}


def test_the_page_says_where_each_threat_is_tried():
    assert coverage.on_the_page() == coverage.table(ATTACKS), "paste `python -m tests.attacks --table` there"


def test_the_campaign_needs_nothing_but_the_judge():
    code = "import sys, tests.attacks.__main__, tests.attacks.honest; print('pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
