"""mutate(): would an exercise notice small mistakes? Every mutant of its right solutions is graded.

A mutant is killed when it does not pass. One that passes is either a mistake that no input shows, or right
as well; those are marked in equivalents.toml, with a reason. The score is the share of the killed among those
that are not marked. Times are left out: they say how fast a program is, not whether it is right, and a mutant
that is killed by chance tells nothing about the inputs.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from grader.equivalents import matches
from grader.errors import AuthorError
from grader.exercise import Equivalent, Exercise
from grader.formula_mutants import FormulaMutant, formula_mutants, is_readable, names_of
from grader.formula_mutants import canonical as canonical_formulas
from grader.judge import grade
from grader.mutants import Mutant, canonical, compiles, mutants_of
from grader.reference import SEEDS
from grader.sandbox import Limits, Sandbox, Usage
from grader.tried_here import tried_here
from grader.verdict import Verdict

REQUIRED = 0.95  # of the mutants that are not marked must be killed
MAX_MUTANTS = 600  # of one solution; of more, as many are taken, evenly over its lines


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"  # it survived, as is marked
    MISMARKED = "mismarked"  # it is marked, and was killed
    BROKEN = "broken"  # the exercise failed at it


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One mutant and its fate."""

    file: str
    line: int
    description: str
    was: str
    becomes: str
    fate: Fate
    remark: str = ""  # the check that killed it, or what is broken

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        names = ("file", "line", "description", "was", "becomes", "remark")
        return {**{name: getattr(self, name) for name in names}, "fate": str(self.fate)}


@dataclass(frozen=True, kw_only=True)
class Capped:
    """A solution of which not all mutants were tried."""

    file: str
    tried: int
    of: int


@dataclass(frozen=True, kw_only=True)
class MutationReport:
    """How much an exercise notices."""

    seed: int
    seconds: float
    trials: tuple[Trial, ...]
    capped: tuple[Capped, ...]
    stale: tuple[Equivalent, ...]  # marks of which there is no mutant
    failed: tuple[str, ...]  # solutions that must pass and did not, with what they failed at

    def count(self, fate: Fate) -> int:
        """How many mutants had that fate."""
        return sum(trial.fate is fate for trial in self.trials)

    @property
    def counted(self) -> int:
        """How many are not marked."""
        return len(self.trials) - self.count(Fate.EQUIVALENT) - self.count(Fate.MISMARKED)

    @property
    def score(self) -> float:
        """killed / (all − marked); 1 where there is nothing to kill."""
        return self.count(Fate.KILLED) / self.counted if self.counted else 1.0

    @property
    def ok(self) -> bool:
        """Whether the score is high enough, every mark true, and nothing broken."""
        broken = self.count(Fate.BROKEN) + self.count(Fate.MISMARKED) + len(self.stale) + len(self.failed)
        return self.score >= REQUIRED and not broken

    def as_dict(self) -> dict[str, Any]:
        """For JSON; of the killed, only how many."""
        return {
            "ok": self.ok,
            "score": self.score,
            "required": REQUIRED,
            "seed": self.seed,
            "seconds": self.seconds,
            "mutants": len(self.trials),
            **{str(fate): self.count(fate) for fate in Fate},
            "capped": [{"file": one.file, "tried": one.tried, "of": one.of} for one in self.capped],
            "stale": [{"file": one.file, "was": one.was, "becomes": one.becomes} for one in self.stale],
            "failed": list(self.failed),
            "shown": [one.as_dict() for one in self.trials if one.fate is not Fate.KILLED],
        }


def unheard(_trial: Trial) -> None:
    """Nobody is listening."""


def mutate(
    exercise: Exercise,
    *,
    sandbox: Sandbox,
    seed: int | None = None,
    on_trial: Callable[[Trial], None] = unheard,
) -> MutationReport:
    """Grade every mutant of every right solution, all on the same inputs. `on_trial` hears of each."""
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    here, _ = tried_here(exercise, no_device=sandbox.why_no_device())
    return _Mutation(here, sandbox, seed, on_trial).run()


class _Mutation:
    def __init__(
        self, exercise: Exercise, sandbox: Sandbox, seed: int, on_trial: Callable[[Trial], None]
    ) -> None:
        self._exercise, self._sandbox, self._seed, self._on_trial = exercise, sandbox, seed, on_trial
        self._met: set[Equivalent] = set()  # marks that mean some mutant
        self._seen = {self._canonical(file) for file in exercise.right}
        self._capped: list[Capped] = []
        self._failed: list[str] = []

    def run(self) -> MutationReport:
        started = time.monotonic()
        trials: list[Trial] = []
        graded: set[str] = set()
        for file in self._exercise.right:
            text = self._canonical(file)
            if text not in graded:
                graded.add(text)
                trials += self._trials(file)
        stale = tuple(one for one in self._exercise.equivalents if one not in self._met)
        return MutationReport(
            seed=self._seed,
            seconds=time.monotonic() - started,
            trials=tuple(trials),
            capped=tuple(self._capped),
            stale=stale,
            failed=tuple(self._failed),
        )

    def _trials(self, file: str) -> Iterator[Trial]:
        source = self._exercise.files[file]
        exercise = _plain(self._exercise)
        verdict = self._grade(exercise, source)
        if isinstance(verdict, str) or not verdict.passed:
            self._failed.append(f"{file}: {verdict if isinstance(verdict, str) else verdict.headline}")
            return
        exercise = replace(exercise, limits=_tightened(exercise.limits, verdict.usage))
        for mutant in self._chosen(file, self._mutants(file)):
            text = mutant.source
            if text in self._seen or not self._can_run(text):
                continue
            self._seen.add(text)
            trial = self._trial(file, mutant, self._grade(exercise, text))
            self._on_trial(trial)
            yield trial

    def _canonical(self, file: str) -> str:
        source = self._exercise.files[file]
        if self._exercise.of_formulas:
            return canonical_formulas(source, names_of(self._exercise), file=file)
        return canonical(source)

    def _mutants(self, file: str) -> Sequence[Mutant | FormulaMutant]:
        source = self._exercise.files[file]
        if self._exercise.of_formulas:
            return formula_mutants(source, names_of(self._exercise), file=file)
        return mutants_of(source, file=file)

    def _can_run(self, text: str) -> bool:
        return is_readable(text, names_of(self._exercise)) if self._exercise.of_formulas else compiles(text)

    def _chosen(
        self, file: str, mutants: Sequence[Mutant | FormulaMutant]
    ) -> Sequence[Mutant | FormulaMutant]:
        for mutant in mutants:
            self._met.update(self._marks(file, mutant))
        n = len(mutants)
        if n <= MAX_MUTANTS:
            return mutants
        self._capped.append(Capped(file=file, tried=MAX_MUTANTS, of=n))
        return [mutants[i * n // MAX_MUTANTS] for i in range(MAX_MUTANTS)]

    def _marks(self, file: str, mutant: Mutant | FormulaMutant) -> list[Equivalent]:
        return [mark for mark in self._exercise.equivalents if matches(mark, file, mutant)]

    def _grade(self, exercise: Exercise, source: str) -> Verdict | str:
        """The verdict, or what is broken in the exercise."""
        try:
            return grade(
                exercise,
                source,
                sandbox=self._sandbox,
                seed=self._seed,
                to_first_failure=True,
                shrink_s=0,
            )
        except AuthorError as error:
            return str(error)

    def _trial(self, file: str, mutant: Mutant | FormulaMutant, verdict: Verdict | str) -> Trial:
        marked = bool(self._marks(file, mutant))
        if isinstance(verdict, str):
            fate, remark = Fate.BROKEN, verdict
        elif verdict.passed:
            fate, remark = (Fate.EQUIVALENT if marked else Fate.SURVIVED), ""
        else:
            fate, remark = (Fate.MISMARKED if marked else Fate.KILLED), _killer(verdict)
        return Trial(
            file=file,
            line=mutant.line,
            description=mutant.description,
            was=mutant.was,
            becomes=mutant.becomes,
            fate=fate,
            remark=remark,
        )


def _killer(verdict: Verdict) -> str:
    failed = next(check for check in verdict.checks if not check.passed)
    return f"{failed.outcome} at “{failed.name}”"


def _plain(exercise: Exercise) -> Exercise:
    """Without measurements, and without the wrong solutions: nobody reads a mutant's diagnosis."""
    checks = tuple(check for check in exercise.checks if not check.kind.measured)
    return replace(
        exercise, checks=checks or exercise.checks, solutions=(), variants=exercise.accepted_variants
    )


def _tightened(limits: Limits, used: Usage) -> Limits:
    """What the solution used for all checks together, and room: a mutant that loops ends soon."""
    return replace(
        limits,
        cpu_s=min(limits.cpu_s, 0.5 + 4 * used.cpu_s),
        wall_s=min(limits.wall_s, 2 + 8 * used.wall_s),
        load_s=min(limits.load_s, 2 + 8 * used.wall_s),
    )
