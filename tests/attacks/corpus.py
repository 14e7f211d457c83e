"""The hostile submissions, what their headers say of them, and how one is tried.

A submission is a file `submissions/<family>/<name>.py` that begins with

    # tries: what it tries, in one line
    # item: the item of `threats.py`; several separated by `; `
    # outcome: of the first check that is not passed, or `passed` for a control; alternatives by ` | `

and may go on with `# exercise:` (layernorm_backward if it does not), `# check:` (the checks it is graded by,
separated like items, if not the exercise's first alone) and `# machine:` (whose system call numbers it uses).
Needs `grader` and the standard library only, so that the corpus can be tried wherever there is a judge.
"""

import json
import os
import platform
import re
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from grader import exercise_from_files, grade
from grader.exercise import Exercise
from grader.outcome import Outcome
from grader.sandbox import Limits, Sandbox
from grader.verdict import CheckResult

SUBMISSIONS = Path(__file__).parent / "submissions"
EXERCISES = Path(__file__).parents[2] / "exercises"
SOON = Limits(
    cpu_s=0.5, wall_s=2.5, load_s=2.5, memory_mb=128, disk_mb=1, inodes=32, output_kb=16, message_mb=4
)
LIMITS = {
    "gelu_silu": Limits(cpu_s=30, wall_s=45, load_s=2.5, memory_mb=512),  # a million elements, timed
    "capstone": Limits(cpu_s=20, wall_s=30, load_s=2.5, memory_mb=512),  # trained
    "topological_sort": Limits(cpu_s=6, wall_s=15, load_s=2.5),  # timed at four sizes
}
CHECKS = {
    "gelu_silu": "Time of silu_backward, 10⁶ elements",
    "gradient_descent": "One gradient for each step",
    "central_difference": "Exactly two calls of f",
}
HONEST = {"numpy": ("layernorm_backward", "closed_form"), "torch": ("torch_descent", "lesson_loop")}
HEADER = re.compile(r"^# (tries|item|outcome|exercise|check|machine): (.+)$", flags=re.MULTILINE)
LARGEST = 1 << 18  # bytes of a verdict in JSON
WORDS = ("owned", "escape", "trap", "loot")  # in the name of whatever an attack tries to leave behind


@dataclass(frozen=True)
class Attack:
    """A submission and what its header says of it."""

    path: Path
    source: str
    tries: str
    items: tuple[str, ...]
    outcomes: tuple[str, ...]
    exercise: str = "layernorm_backward"
    check: str = ""
    machine: str = ""

    @property
    def family(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.family}/{self.path.stem}"

    @property
    def not_here(self) -> str:
        """Why it cannot be tried on this machine, if it cannot."""
        fits = self.machine in ("", platform.machine())
        return "" if fits else f"its system calls are those of {self.machine}"


@dataclass(frozen=True)
class Trial:
    """What became of one attack; `problem` is empty where it was held."""

    attack: Attack
    problem: str
    seconds: float


def read_attack(path: Path) -> Attack:
    """A submission with its header."""
    source = path.read_text()
    head = dict(HEADER.findall(source))
    missing = {"tries", "outcome"} - set(head)
    if missing:
        raise ValueError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    items = [item for item in head.pop("item", "").split("; ") if item]
    outcomes = head.pop("outcome").split(" | ")
    return Attack(path, source, items=tuple(items), outcomes=tuple(outcomes), **head)


def read_attacks() -> list[Attack]:
    """The whole corpus, in the order of names."""
    return [read_attack(path) for path in sorted(SUBMISSIONS.glob("*/*.py"))]


@cache
def read_exercise(slug: str) -> Exercise:
    """An exercise as it is in the checkout."""
    (folder,) = EXERCISES.glob(f"*/[0-9][0-9]-{slug.replace('_', '-')}")
    return exercise_from_files(
        {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.*") if path.is_file()}
    )


@cache
def exercise_for_attacks(slug: str, check: str = "") -> Exercise:
    """An exercise with one check or a few, and with limits that let an attack end soon."""
    exercise = read_exercise(slug)
    wanted = (check or CHECKS.get(slug, exercise.checks[0].name)).split("; ")
    checks = tuple(one for one in exercise.checks if one.name in wanted)
    if len(checks) != len(wanted):
        raise ValueError(f"{slug} has no such checks: {wanted}")
    return replace(exercise, limits=LIMITS.get(slug, SOON), checks=checks)


def attempt(attack: Attack, sandbox: Sandbox) -> Trial:
    """Grade an attack, and then an honest submission on the same sandbox."""
    started = time.monotonic()
    before = traces()
    try:
        problem = _verdict(attack, sandbox) or _left(before) or _next(attack, sandbox)
    except Exception as error:  # noqa: BLE001  no student's code may bring about an exception of the judge's
        problem = f"{type(error).__name__}: {error}"
    return Trial(attack, problem, time.monotonic() - started)


def traces() -> frozenset[str]:
    """What an attack could have left or changed on this machine."""
    places = [Path(place) for place in ("/", "/tmp", "/var/tmp", "/dev/shm", "/work", os.getcwd())]
    left = {
        str(path)
        for place in places
        if place.is_dir()
        for path in place.iterdir()
        if any(word in path.name for word in WORDS)
    }
    library = Path(re.__file__)
    return frozenset((*left, *_mounts(), f"{library} {library.stat().st_mtime_ns}"))


def _mounts() -> set[str]:
    """Where a sandbox mounts things, which must never show outside of it."""
    places = (line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines())
    return {place for place in places if place.startswith(("/nabla", "/site", "/new", "/old", "/work/box"))}


def _verdict(attack: Attack, sandbox: Sandbox) -> str:
    verdict = grade(exercise_for_attacks(attack.exercise, attack.check), attack.source, sandbox=sandbox)
    check = next((one for one in verdict.checks if not one.passed), verdict.checks[-1])
    if check.outcome not in attack.outcomes:
        return f"{check.outcome} instead of {' | '.join(attack.outcomes)}: {_told(check)}"
    if (verdict.points == verdict.max_points) != (attack.outcomes == (Outcome.PASSED,)):
        return f"{verdict.points} of {verdict.max_points} points"
    return _unkept(json.dumps(verdict.as_dict(staff=True), allow_nan=False))


def _unkept(data: str) -> str:
    """Why a database would refuse a verdict, or a page choke on it."""
    if "\\u0000" in data:
        return "the verdict holds a NUL, which PostgreSQL refuses"
    return f"the verdict has {len(data)} bytes" if len(data) > LARGEST else ""


def _told(check: CheckResult) -> str:
    error = check.evidence.traceback or ""
    return f"{check.sentence} {error}".strip()


def _left(before: frozenset[str]) -> str:
    return "; ".join(sorted(before ^ traces()))


def _next(attack: Attack, sandbox: Sandbox) -> str:
    runtime = str(read_exercise(attack.exercise).runtime)
    slug, name = HONEST[runtime]
    exercise = exercise_for_attacks(slug)
    honest = grade(exercise, exercise.files[f"solutions/{name}.py"], sandbox=sandbox)
    passed = honest.points == honest.max_points
    return "" if passed else f"the next submission got {honest.checks[0].outcome}"
