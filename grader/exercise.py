"""What an exercise is, once its files have been read and found sound (see `loading`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from grader.sandbox import Limits, Runtime

PLACE = re.compile(r"\{(\w+)\}")  # of a number in an author's sentence
RNG = "rng"  # the parameter that gets a generator; its cases hold a seed


class Queue(StrEnum):
    """Where a submission waits: the machines that can grade it."""

    CPU = "cpu"
    GPU = "gpu"


class Difficulty(StrEnum):
    """How much has to be found out alone, whatever the time it takes."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class EntryKind(StrEnum):
    """What the student must define under an entry's name."""

    FUNCTION = "function"
    CLASS = "class"
    FORMULA = "formula"  # typed mathematics; then all entries of the exercise are


class CheckKind(StrEnum):
    """How a check compares; one module of `grader.checks` for each."""

    VALUE = "value"
    GRADIENT = "gradient"
    TRAJECTORY = "trajectory"
    PROGRAM = "program"
    FORMULA = "formula"
    PROPERTY = "property"
    TIME = "time"
    MEMORY = "memory"
    COMPLEXITY = "complexity"
    TRAINING = "training"

    @property
    def in_rounds(self) -> bool:
        """Whether it draws new inputs until it can decide."""
        return self in ("time", "memory", "complexity")

    @property
    def measured(self) -> bool:
        """Whether its outcome is a measurement, which is not the same on another day."""
        return self in ("time", "memory")


class FormKind(StrEnum):
    """What a value that a property looks into has to be."""

    ARRAY = "array"
    FLOAT = "float"
    NESTED = "nested"  # a text, a number, or a tuple of these


class Visibility(StrEnum):
    """How much of a failed check the student may see."""

    ALL = "all"  # sentence and evidence
    MESSAGE = "message"  # the sentence
    NAME = "name"  # that it failed


class Phase(StrEnum):
    """When a student looks at a verdict."""

    BEFORE = "before"  # the deadline
    AFTER = "after"


class Declared(StrEnum):
    """What the author says becomes of a stored solution."""

    ACCEPTED = "accepted"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Engine:
    """What makes a class an autograd engine: how its values are combined, and where its gradients are."""

    operators: tuple[str, ...]  # names of Python's `operator` module
    data: str = "data"
    grad: str = "grad"
    backward: str = "backward"
    no_grad: str = ""  # what is called for a block in which nothing is recorded
    release: bool = False  # checks without points look whether values outlive their use


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A function or class that the student must define."""

    name: str
    kind: EntryKind
    signature: str
    parameters: tuple[str, ...]
    returns: tuple[str, ...] = ()  # functions: one name is the value itself, several are a tuple
    methods: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    engine: Engine | None = None

    @property
    def signature_head(self) -> str:
        """The signature without what it returns."""
        return self.signature.split("->")[0].strip()


@dataclass(frozen=True, kw_only=True)
class CallBound:
    """How often a callable argument may be called in one case."""

    exactly: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How fast time, or the number of calls of an argument, may grow."""

    of: str  # TIME, or the name of a callable argument
    sizes: tuple[int, ...]  # of the inputs of the group, in their order
    at_most: float  # exponent of size

    @property
    def of_time(self) -> bool:
        """Whether it is time that is measured."""
        return self.of == TIME


TIME = "time"


@dataclass(frozen=True, kw_only=True)
class ToleranceRule:
    """An author's override of the derived bound, with its reason."""

    reason: str
    factor: float | None = None  # replaces c in c · eps · √K · scale
    rtol: float | None = None  # or, instead: atol + rtol · |expected|
    atol: float | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a returned value must look like before a property's function sees it."""

    kind: FormKind
    shape: tuple[int | str, ...] | str = ()  # arrays: lengths, or names of arguments that give them
    depth: int = 0  # nested: tuples in tuples
    size: int = 0  # nested: values in all


@dataclass(frozen=True, kw_only=True)
class Residual:
    """A number that a property's function returns, its bound, and what is said beyond the bound."""

    name: str
    sentence: str  # with {value}, {bound} and the other numbers by their names
    at_most: float | None = None
    at_least: float | None = None

    def allows(self, value: float) -> bool:
        """Whether the number keeps to its bound; NaN does not."""
        if self.at_most is not None:
            return value <= self.at_most
        return self.at_least is not None and value >= self.at_least

    @property
    def names(self) -> tuple[str, ...]:
        """The other numbers that its sentence speaks of."""
        return tuple(name for name in PLACE.findall(self.sentence) if name not in ("value", "bound"))

    @property
    def bound(self) -> float:
        """The one that is given."""
        return self.at_most if self.at_most is not None else self.at_least or 0.0


@dataclass(frozen=True, kw_only=True)
class Check:
    """One row of the verdict: inputs of one group, compared in one way."""

    name: str
    kind: CheckKind
    entry: str
    group: str
    points: int
    visibility: Visibility
    visibility_after: Visibility  # once the deadline is past
    reference: str  # the function or class of reference.py that gives the expected values
    wrt: tuple[str, ...] = ()
    upstream: str | None = None
    intermediates: Mapping[str, int] = field(default_factory=dict)  # named values with points of their own
    calls: Mapping[str, CallBound] = field(default_factory=dict)
    tolerance: ToleranceRule | None = None
    threshold: float | None = None
    forms: tuple[Form, ...] = ()  # of a property: one for each of the entry's `returns`
    residuals: tuple[Residual, ...] = ()
    seeded: bool = False  # of a property: the same rng gives the same answer, and another rng another
    growth: Growth | None = None
    loss: float | None = None  # the largest that counts as trained
    target: str = ""  # what predictions are compared with: a key of the inputs that the student does not get
    lesson: str = ""

    def shows(self, phase: Phase) -> Visibility:
        """How much of it a student may see then."""
        return self.visibility_after if phase is Phase.AFTER else self.visibility


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A stored program with its declared outcome; a wrong one carries the name of its misconception."""

    file: str
    outcome: Declared
    fails: str = ""
    name: str = ""
    sentence: str = ""
    hint: str = ""
    lesson: str = ""
    at: str = ""  # the named value that is wrong first, where the check scores each by itself
    variant: bool = False  # another known form, not a mistake: always named, with a sentence if accepted too


@dataclass(frozen=True, kw_only=True)
class Equivalent:
    """A mutant that is right, and why; see `mutation`. Statements are in Python's own spelling."""

    file: str
    was: str
    becomes: str
    reason: str
    within: str = ""  # the head of the block around it, where the same statement stands in several


@dataclass(frozen=True, kw_only=True)
class Example:
    """A fixed, visible input that Run shows."""

    entry: str
    arguments: Mapping[str, Any]
    reference: str
    wrt: tuple[str, ...] = ()
    upstream: str | None = None
    of_property: bool = False


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A sound exercise. `files` are its texts by relative path; everything else is read from them."""

    number: int
    slug: str
    title: str
    summary: str
    runtime: Runtime
    queue: Queue
    minutes: int
    difficulty: Difficulty
    prerequisites: tuple[str, ...]
    conventions: tuple[str, ...]
    hints: tuple[str, ...]
    entries: tuple[Entry, ...]
    limits: Limits
    checks: tuple[Check, ...]
    solutions: tuple[Solution, ...]
    variants: tuple[Solution, ...]
    examples: tuple[Example, ...]
    files: Mapping[str, str]
    digest: str  # sha256 over the sorted files, hexadecimal
    equivalents: tuple[Equivalent, ...] = ()

    @property
    def statement(self) -> str:
        """The task, in Markdown."""
        return self.files["statement.md"]

    @property
    def starter(self) -> str:
        """What the editor holds before the student writes."""
        return self.files[f"starter{self.suffix}"]

    @property
    def reference(self) -> str:
        """The author's code, for the reference box."""
        return self.files["reference.py"]

    @property
    def baseline(self) -> str | None:
        """A good solution in the student's runtime, which times are compared with."""
        return self.files.get(f"baseline{self.suffix}")

    @property
    def right(self) -> tuple[str, ...]:
        """The files that must pass: the baseline and the accepted solutions."""
        accepted = (one.file for one in self.solutions if one.outcome is Declared.ACCEPTED)
        return (*((f"baseline{self.suffix}",) if self.baseline is not None else ()), *accepted)

    @property
    def accepted_variants(self) -> tuple[Solution, ...]:
        """Stored programs with other answers than the reference's, which are right as well."""
        return tuple(one for one in self.variants if one.outcome is Declared.ACCEPTED)

    @property
    def named(self) -> tuple[Solution, ...]:
        """The stored programs that must fail: wrong ones, and variants that are not accepted."""
        stored = (*self.solutions, *self.variants)
        return tuple(one for one in stored if one.outcome is Declared.WRONG)

    @property
    def max_points(self) -> int:
        """The sum over all checks."""
        return sum(check.points for check in self.checks)

    @property
    def of_formulas(self) -> bool:
        """Whether the student types formulas, which the judge reads, and no program."""
        return self.entries[0].kind is EntryKind.FORMULA

    @property
    def suffix(self) -> str:
        """Of the names of the student's files."""
        return ".txt" if self.of_formulas else ".py"

    @property
    def filename(self) -> str:
        """The student's file, as tracebacks and the editor name it."""
        return f"{self.slug}{self.suffix}"

    def entry(self, name: str) -> Entry:
        """The entry of that name."""
        return next(entry for entry in self.entries if entry.name == name)

    def as_dict(self) -> dict[str, Any]:
        """What pages and listings need, without the author's code."""
        names = ("number", "slug", "title", "summary", "minutes", "max_points", "digest", "filename")
        lists = ("prerequisites", "conventions", "hints")
        return {
            **{name: getattr(self, name) for name in names},
            **{name: list(getattr(self, name)) for name in lists},
            "difficulty": str(self.difficulty),
            "runtime": str(self.runtime),
            "queue": str(self.queue),
            "entries": [{"name": entry.name, "signature": entry.signature} for entry in self.entries],
            "checks": [{"name": check.name, "points": check.points} for check in self.checks],
        }


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A part of the course: one lesson and its exercises, in order."""

    number: int
    slug: str
    title: str
    about: str
    lesson: str | None  # Markdown; None while unwritten
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """All units, in order."""

    title: str
    about: str
    units: tuple[Unit, ...]
    taster: str | None = None  # Markdown; a walk of half an hour for people who only look

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise of every unit."""
        return tuple(exercise for unit in self.units for exercise in unit.exercises)


LIMIT_NAMES = tuple(limit.name for limit in fields(Limits))
