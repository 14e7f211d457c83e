"""What a gate found: a row for each program and each property of an exercise, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.extent import Extent
from grader.mutation import MutationReport

SHARE = 0.8  # of the counterexamples should be small


@dataclass(frozen=True, kw_only=True)
class GateRow:
    """One program, or one property of the exercise."""

    program: str
    declared: str
    observed: str
    ok: bool
    remark: str = ""
    named: bool | None = None  # by the diagnosis, of a wrong solution
    counterexample: Counterexample | None = None  # of a wrong solution that fails by value
    broken: bool = False  # the author's own code failed; nothing more was tried

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        shown = self.counterexample
        row = {name: getattr(self, name) for name in ("program", "declared", "observed", "ok", "remark")}
        named = {} if self.named is None else {"named": self.named}
        return row | named | ({} if shown is None else {"counterexample": shown.as_dict()})


@dataclass(frozen=True, kw_only=True)
class Counterexample:
    """The smallest input found on which a wrong solution fails."""

    extent: Extent
    shown: bool  # whether it is short enough to be shown at all

    @property
    def small(self) -> bool:
        """Whether it is shown, and can be worked by hand."""
        return self.shown and self.extent.small

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**self.extent.as_dict(), "shown": self.shown, "small": self.small}


@dataclass(frozen=True, kw_only=True)
class Counterexamples:
    """How many of an exercise's, or of all exercises', are small."""

    small: int
    by_value: int  # wrong solutions that fail by value, and so have one

    @classmethod
    def among(cls, rows: Iterable[GateRow]) -> Counterexamples:
        """Of these rows."""
        found = [row.counterexample for row in rows if row.counterexample is not None]
        return cls(small=sum(one.small for one in found), by_value=len(found))

    @property
    def share(self) -> float:
        """Of those that there are; 1 where there are none."""
        return self.small / self.by_value if self.by_value else 1.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"small": self.small, "by_value": self.by_value, "share": self.share, "wanted": SHARE}


@dataclass(frozen=True, kw_only=True)
class GateReport:
    """Whether an exercise may be published."""

    exercise: str
    digest: str
    seconds: float
    rows: tuple[GateRow, ...]
    mutation: MutationReport | None = None
    untried: str = ""  # what could not be tried here, and why

    @property
    def ok(self) -> bool:
        """Whether all was tried, and is as declared."""
        return not self.untried and self.as_declared

    @property
    def as_declared(self) -> bool:
        """Whether every row is, and enough mutants were killed, if any were made."""
        return all(row.ok for row in self.rows) and (self.mutation is None or self.mutation.ok)

    @property
    def broken(self) -> bool:
        """Whether the author's own code failed, so that the rest was not tried."""
        return any(row.broken for row in self.rows)

    @property
    def counterexamples(self) -> Counterexamples:
        """How small they are. A large one is a pity, and closes no gate."""
        return Counterexamples.among(self.rows)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "exercise": self.exercise,
            "digest": self.digest,
            "ok": self.ok,
            "seconds": self.seconds,
            "rows": [row.as_dict() for row in self.rows],
            "counterexamples": self.counterexamples.as_dict(),
            **({"untried": self.untried} if self.untried else {}),
            **({} if self.mutation is None else {"mutation": self.mutation.as_dict()}),
        }
