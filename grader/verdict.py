"""What grading gives back: a `Verdict`, made of one `CheckResult` for each check."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grader.exercise import CheckKind, Phase, Visibility
from grader.outcome import Outcome
from grader.sandbox import Usage


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a page can draw beside a sentence. Everything is optional and ready for JSON."""

    value: str | None = None  # "dx[1, 3]"
    got: Any = None
    expected: Any = None
    error: float | None = None
    bound: float | None = None
    case: int | None = None  # counted from 1
    cases: int | None = None
    step: int | None = None  # of an optimizer, counted from 1
    input: str | None = None  # Python text, only when short
    extent: Mapping[str, int] | None = None  # of that input: its longest axis, its steps, its nodes
    shrunk: bool | None = None  # whether the input was made smaller, and is none of those of the check
    diagnosis: Mapping[str, Any] | None = None
    intermediates: tuple[Mapping[str, Any], ...] | None = None  # named values, each with its state and points
    variant: Mapping[str, Any] | None = None  # that a check is right as
    traceback: tuple[Mapping[str, Any], ...] | None = None
    exception: str | None = None
    line: int | None = None
    error_map: Mapping[str, Any] | None = None
    path: Mapping[str, Any] | None = None
    timing: Mapping[str, Any] | None = None
    memory: Mapping[str, Any] | None = None
    growth: Mapping[str, Any] | None = None
    training: Mapping[str, Any] | None = None
    limit: str | None = None
    used: str | None = None
    stdout: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Only what is there."""
        pairs = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: jsonable(value) for name, value in pairs if value is not None}


NOTHING = Evidence()


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """How one check ended, with the sentence that the student reads."""

    name: str
    kind: CheckKind
    outcome: Outcome
    points: int
    max_points: int
    visibility: Visibility
    visibility_after: Visibility  # once the deadline is past
    sentence: str
    evidence: Evidence = NOTHING

    @property
    def passed(self) -> bool:
        """Whether it counts."""
        return self.outcome is Outcome.PASSED

    def as_dict(self, *, staff: bool = False, phase: Phase = Phase.BEFORE) -> dict[str, Any]:
        """For JSON. Unless for staff, what a student may not see in that phase is left out."""
        shown = self.visibility_after if phase is Phase.AFTER else self.visibility
        shows_evidence = staff or shown is Visibility.ALL
        shows_sentence = shows_evidence or shown is Visibility.MESSAGE
        return {
            "name": self.name,
            "kind": str(self.kind),
            "outcome": str(self.outcome),
            "points": self.points,
            "max_points": self.max_points,
            "visibility": str(self.visibility),
            "visibility_after": str(self.visibility_after),
            "sentence": self.sentence if shows_sentence else "",
            "evidence": self.evidence.as_dict() if shows_evidence else {},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CheckResult:
        """The inverse of `as_dict`, as far as it was not hidden."""
        return cls(
            name=data["name"],
            kind=CheckKind(data["kind"]),
            outcome=Outcome(data["outcome"]),
            points=data["points"],
            max_points=data["max_points"],
            visibility=Visibility(data["visibility"]),
            visibility_after=Visibility(data["visibility_after"]),
            sentence=data["sentence"],
            evidence=Evidence(**data["evidence"]),
        )


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The judge's word on one submission."""

    exercise: str
    digest: str
    seed: int
    points: int
    max_points: int
    headline: str
    seconds: float
    usage: Usage
    stdout: str
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every check passed, those without points included."""
        return all(check.passed for check in self.checks)

    def as_dict(self, *, staff: bool = False, phase: Phase = Phase.BEFORE) -> dict[str, Any]:
        """For JSON; see `CheckResult.as_dict`."""
        return {
            "exercise": self.exercise,
            "digest": self.digest,
            "seed": self.seed,
            "outcome": "passed" if self.passed else "failed",
            "points": self.points,
            "max_points": self.max_points,
            "headline": self.headline,
            "seconds": self.seconds,
            "usage": usage_as_dict(self.usage),
            "stdout": self.stdout,
            "checks": [check.as_dict(staff=staff, phase=phase) for check in self.checks],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Verdict:
        """The inverse of `as_dict`."""
        names = ("exercise", "digest", "seed", "points", "max_points", "headline", "seconds", "stdout")
        return cls(
            **{name: data[name] for name in names},
            usage=Usage(**data["usage"]),
            checks=tuple(CheckResult.from_dict(check) for check in data["checks"]),
        )


def usage_as_dict(usage: Usage) -> dict[str, float]:
    """For JSON."""
    return {"cpu_s": usage.cpu_s, "wall_s": usage.wall_s, "peak_mb": usage.peak_mb}


def jsonable(value: Any) -> Any:
    """The same in lists and dicts; NaN and infinity, which JSON does not have, as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    if isinstance(value, Mapping):
        return {key: jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(one) for one in value]
    return value
