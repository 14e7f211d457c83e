"""race: a student's optimizer on a landscape, stepped from outside. For the eye; nothing is scored.

Graded optimizers are fed given gradients, never those at the student's own iterate, so that a verdict depends
on nothing that the student chooses. A race has no verdict: here the judge takes the gradient where the
student's weights are. It looks at them first, two finite float64 numbers that are not too far out, and
computes with plain floats.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader import feedback
from grader.errors import ExerciseError
from grader.exercise import Entry, Exercise
from grader.finding import Finding
from grader.landscapes import LANDSCAPES, Point
from grader.outcome import Outcome
from grader.program import Loaded, Meter, Program, opened
from grader.sandbox import Answer, Ended, Raised, Reply, Sandbox, Usage
from grader.values import Handle
from grader.verdict import NOTHING, Evidence, usage_as_dict

RACE_STEPS = 100
FAR = 1e6  # beyond it a path has left for good
START, RATE = 10.0, (1e-5, 100.0)  # the largest coordinate of a start, the range of the rates


@dataclass(frozen=True)
class Racer:
    """A class of the course's optimizers, with options beside its rate."""

    entry: str
    options: Mapping[str, Any] = field(default_factory=dict)


RACERS = {
    "sgd": Racer("SGD"),
    "momentum": Racer("SGD", {"momentum": 0.8}),
    "nesterov": Racer("SGD", {"momentum": 0.8, "nesterov": True}),
    "rmsprop": Racer("RMSprop"),
    "adam": Racer("Adam"),
    "adamw": Racer("AdamW"),
    "lion": Racer("Lion"),
}


@dataclass(frozen=True, kw_only=True)
class Heat:
    """What a race is run on. Raises ValueError for what there is not, and for numbers out of range."""

    racer: str
    landscape: str
    start: Point
    lr: float

    def __post_init__(self) -> None:
        if self.racer not in RACERS or self.landscape not in LANDSCAPES:
            raise ValueError(f"no racer {self.racer!r}, or no landscape {self.landscape!r}")
        if not all(abs(one) <= START for one in self.start):  # NaN fails as well
            raise ValueError(f"a start has two numbers from -{START:g} to {START:g}")
        if not RATE[0] <= self.lr <= RATE[1]:
            raise ValueError(f"a rate lies between {RATE[0]:g} and {RATE[1]:g}")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Heat:
        """What `as_dict` gave."""
        x, y = data["start"]
        return cls(racer=data["racer"], landscape=data["landscape"], start=(x, y), lr=data["lr"])

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"racer": self.racer, "landscape": self.landscape, "start": list(self.start), "lr": self.lr}


@dataclass(frozen=True, kw_only=True)
class RaceResult:
    """A path from the start on. It is shorter where it runs away, or where `outcome` says what stopped it."""

    outcome: Outcome
    sentence: str
    path: tuple[Point, ...]
    stdout: str
    seconds: float
    usage: Usage
    evidence: Evidence = NOTHING

    @property
    def passed(self) -> bool:
        """Whether the code ran to the end, or away."""
        return self.outcome is Outcome.PASSED

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "outcome": str(self.outcome),
            "sentence": self.sentence,
            "path": [list(point) for point in self.path],
            "stdout": self.stdout,
            "seconds": self.seconds,
            "usage": usage_as_dict(self.usage),
            "evidence": self.evidence.as_dict(),
        }


def race(exercise: Exercise, source: str, *, heat: Heat, sandbox: Sandbox) -> RaceResult:
    """A hundred steps of the student's optimizer from the start of the heat, in one box."""
    started = time.monotonic()
    entry = _entry(exercise, RACERS[heat.racer].entry)
    path = [heat.start]
    with Meter() as meter, opened(Program.of(exercise, source), sandbox, meter) as student:
        finding = student.start() or student.defines(entry) or _run(student, heat, path)
        printed = student.stdout
    return RaceResult(
        outcome=finding.outcome if finding else Outcome.PASSED,
        sentence=finding.sentence if finding else feedback.raced(len(path) - 1, RACE_STEPS),
        path=tuple(path),
        stdout=printed,
        seconds=time.monotonic() - started,
        usage=meter.usage,
        evidence=finding.evidence if finding else NOTHING,
    )


def _entry(exercise: Exercise, name: str) -> Entry:
    for entry in exercise.entries:
        if entry.name == name:
            return entry
    raise ExerciseError(f"exercise.toml: entries: there is no {name} to race with")


def _run(student: Loaded, heat: Heat, path: list[Point]) -> Finding | None:
    """Lengthens the path step by step; what stopped the code, if anything did. A path that runs away ends."""
    box, racer = student.box, RACERS[heat.racer]
    weights = _kept(box.store(np.array(heat.start)))
    if isinstance(weights, Finding):
        return weights
    optimizer = _kept(box.new(racer.entry, [weights], lr=heat.lr, **racer.options))
    if isinstance(optimizer, Finding):
        return optimizer
    gradient = LANDSCAPES[heat.landscape].gradient
    for _ in range(RACE_STEPS):
        stepped = box.method(optimizer, "step", [np.array(gradient(*path[-1]))])
        if not isinstance(stepped, Answer):
            return _stopped(stepped)
        reached = _point(box.fetch(weights))
        if isinstance(reached, Finding):
            return reached
        if not all(abs(one) <= FAR for one in reached):  # NaN fails as well
            return None
        path.append(reached)
    return None


def _kept(reply: Reply) -> Handle | Finding:
    """The handle of what is in the box now."""
    if not isinstance(reply, Answer):
        return _stopped(reply)
    # the shim shares a process with the student, and may have been replaced
    return reply.value if isinstance(reply.value, Handle) else feedback.no_weights()


def _point(reply: Reply) -> Point | Finding:
    """Where the weights are now; they may be infinite, or NaN."""
    if not isinstance(reply, Answer):
        return _stopped(reply)
    array = reply.value
    if not isinstance(array, np.ndarray) or array.dtype != np.float64 or array.shape != (2,):
        return feedback.no_weights()
    x, y = array.tolist()
    return x, y


def _stopped(reply: Raised | Ended) -> Finding:
    return feedback.raised(reply) if isinstance(reply, Raised) else feedback.ended(reply)
