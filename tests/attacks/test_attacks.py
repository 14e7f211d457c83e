"""Each hostile submission gets the verdict that its header names, and nobody else notices.

A submission begins with `# tries:` and `# outcome:` (alternatives separated by `|`; the outcome of the first
check that is not passed, or `passed` for the controls), and may name its `# exercise:` and the `# machine:`
whose system call numbers it uses. The next submission on the same sandbox must be graded as if nothing had
happened.
"""

import os
import platform
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader import exercise_from_files, grade
from grader.errors import SandboxUnavailable
from grader.outcome import Outcome
from grader.sandbox import Limits, Sandbox

HERE = Path(__file__).parent / "submissions"
EXERCISES = Path(__file__).parents[2] / "exercises"
LIMITS = Limits(
    cpu_s=0.5, wall_s=2.5, load_s=2.5, memory_mb=128, disk_mb=1, inodes=32, output_kb=16, message_mb=4
)
HONEST = {"layernorm_backward": "solutions/closed_form.py", "torch_descent": "solutions/lesson_loop.py"}


@dataclass(frozen=True)
class Attack:
    """A submission and what its header says of it."""

    path: Path
    source: str
    tries: str
    outcomes: tuple[str, ...]
    exercise: str = "layernorm_backward"
    machine: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"


def read_attack(path: Path) -> Attack:
    source = path.read_text()
    head = dict(re.findall(r"^# (tries|outcome|exercise|machine): (.+)$", source, flags=re.MULTILINE))
    outcomes = tuple(part.strip() for part in head.pop("outcome").split("|"))
    return Attack(path, source, outcomes=outcomes, **head)


ATTACKS = [read_attack(path) for path in sorted(HERE.glob("*/*.py"))]


def load(slug):
    """An exercise with limits that let an attack end soon."""
    (folder,) = EXERCISES.glob(f"*/*-{slug.replace('_', '-')}")
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.*")}
    exercise = exercise_from_files(files)
    return replace(exercise, limits=LIMITS, checks=exercise.checks[:1])  # each attack fails at the first


@pytest.fixture(scope="module")
def sandbox():
    try:
        made = Sandbox()
    except SandboxUnavailable as reason:
        pytest.skip(f"no attack was tried: {reason}")
    with made:
        yield made


@pytest.fixture(scope="module")
def exercises():
    return {slug: load(slug) for slug in HONEST}


def traces():
    """What an attack could leave on the machine."""
    places = ("/tmp/owned", "/nabla-escape", "/dev/shm", "/work/x", "/work/result")
    left = [(place, os.path.isdir(place) and os.listdir(place)) for place in places if os.path.exists(place)]
    mounts = Path("/proc/self/mountinfo").read_text()
    return left, [word for word in ("/nabla", "/site", "/new", "/old") if f" {word}" in mounts]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fails_as_its_header_says(attack, sandbox, exercises):
    if attack.machine not in ("", platform.machine()):
        pytest.skip(f"not tested: its system calls are those of {attack.machine}")
    exercise = exercises[attack.exercise]
    before = traces()
    verdict = grade(exercise, attack.source, sandbox=sandbox)
    first = next((check for check in verdict.checks if check.outcome is not Outcome.PASSED), None)
    outcome = first.outcome if first else Outcome.PASSED
    assert outcome in attack.outcomes, first
    assert (verdict.points == verdict.max_points) == (attack.outcomes == ("passed",))
    assert traces() == before
    honest = grade(exercise, exercise.files[HONEST[attack.exercise]], sandbox=sandbox)
    assert honest.points == honest.max_points, honest


def test_there_is_an_attack_of_every_family():
    families = {attack.path.parent.name for attack in ATTACKS}
    assert len(ATTACKS) >= 80
    assert families == {
        "avoiding_the_exercise",
        "cheating_the_clock",
        "exhaustion",
        "forging_the_verdict",
        "leaving_the_box",
        "lying_to_the_comparison",
        "reading_answers",
    }


def test_every_outcome_named_in_a_header_exists():
    assert {name for attack in ATTACKS for name in attack.outcomes} <= set(Outcome)
