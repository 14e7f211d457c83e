"""The smallest input on which a program still fails as it did: what a learner is shown.

From the input of a failure, smaller ones are made and tried, simplest first: fewer steps of an optimizer,
fewer parameters, shorter axes, rounder numbers. One counts if the author's reference answers it, the baseline
passes on it, and the program fails on it with the same outcome at the same value. Nothing is drawn at random,
so the same failure shrinks to the same input, unless the time runs out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from grader import feedback, inputs
from grader.checks import METHODS, Subject
from grader.errors import AuthorError
from grader.exercise import RNG
from grader.extent import SHAPE, STEPS, Extent, is_expression
from grader.finding import Finding
from grader.outcome import Outcome
from grader.program import Loaded, Program, opened
from grader.question import Case
from grader.reference import any_number
from grader.sandbox import Ended
from grader.smaller_programs import smaller_programs
from grader.values import Tensor

MAX_TRIES = 150
MAX_SECONDS = 0.5
ALONE_S = 2.0  # for one input in a fresh box; nothing is said of a program that takes longer
SHRINKABLE = (
    Outcome.RAISED,
    Outcome.STRUCTURE,
    Outcome.SHAPE,
    Outcome.DTYPE,
    Outcome.NOT_FINITE,
    Outcome.MISMATCH,
)
FEW = 12  # elements of an array that are made simple one by one
PARAMS, GRADS = "params", "grads"  # of a history

Arguments = dict[str, Any]
Array = np.ndarray[Any, Any]
Edit = Callable[[Array], Array]


def shrink(
    subject: Subject,
    loaded: Loaded,
    case: Case,
    finding: Finding,
    *,
    within_s: float = MAX_SECONDS,
    rounds: bool = True,
) -> Finding:
    """The finding on a smaller input, or the same finding where there is none or the box has ended.

    Without `rounds` the input is cut down, and its numbers are left as they are.
    """
    if finding.outcome not in SHRINKABLE:
        return finding
    with ExitStack() as stack:
        return _Shrinker(subject, loaded, stack, case, finding, within_s).run(rounds=rounds)


class _Shrinker:
    def __init__(
        self,
        subject: Subject,
        loaded: Loaded,
        stack: ExitStack,
        case: Case,
        finding: Finding,
        within_s: float,
    ) -> None:
        self.subject, self.loaded, self.stack = subject, loaded, stack
        self.method = METHODS[subject.check.kind]
        self.case, self.finding = case, finding
        self.aim = _aim(finding)
        self.tries = 0
        self.deadline = time.monotonic() + within_s
        self.baseline: Loaded | None = None

    def run(self, *, rounds: bool) -> Finding:
        """Take the first smaller input that fails, and go on from it, until none does."""
        first, finding = self.case, self.finding
        with suppress(_Enough):
            self._cut_down()
            if rounds:
                self._round()
                self._cut_down()  # rounder numbers may fail where the others did not
        if self._passes_alone(self.case):
            return self._of_state(first, finding)
        if self.case is first:
            return self.finding
        entry = self.subject.question.entry
        text, extent = inputs.as_python(self.case, entry), Extent.of(self.case, entry).as_dict()
        evidence = replace(self.finding.evidence, input=text, extent=extent, shrunk=True)
        return replace(self.finding, evidence=evidence)

    def _of_state(self, first: Case, finding: Finding) -> Finding:
        """The finding on the first input; a smaller one that is right by itself explains nothing."""
        if self.case is not first and not self._passes_alone(first):
            return finding
        return replace(finding, sentence=feedback.right_alone(finding.sentence))

    def _passes_alone(self, case: Case) -> bool:
        """Whether the program is right on this input in a fresh box, where no call went before."""
        limits = self.loaded.program.limits
        program = replace(self.loaded.program, limits=replace(limits, wall_s=min(limits.wall_s, ALONE_S)))
        with (
            suppress(_Enough, AuthorError),
            opened(program, self.subject.sandbox, self.subject.meter) as fresh,
        ):
            return fresh.start() is None and self._find(fresh, case) is None
        return False

    def _cut_down(self) -> None:
        """Whole kinds of cuts in turn, each until none of its kind fails."""
        shorter = partial(_shorter, upstream=self.subject.check.upstream)
        for smaller in (_simpler_programs, _fewer_steps, _fewer_params, shorter, _shorter_lists):
            while self._first(smaller(self.case.given)):
                pass
        while not self._is_small and self._first(_smaller_counts(self.case.given)):
            pass

    @property
    def _is_small(self) -> bool:
        return Extent.of(self.case, self.subject.question.entry).small

    def _round(self) -> None:
        """Simpler numbers: each array, each element of small ones, each number, each part of an expression
        once.
        """
        for position, array in enumerate(_arrays(self.case.given)):
            self._first(_rounder_array(self.case.given, position))
            for index in np.ndindex(array.shape) if array.size <= FEW else ():
                self._first(_rounder_element(self.case.given, position, index))
        for name in self.case.given:
            self._first(_rounder_number(self.case.given, name))
        for path, _ in list(_settings(self.case.given)):
            self._first(_rounder_list(self.case.given, path))
        while self._first(_smaller_trees(self.case.given)):
            pass

    def _first(self, smaller: Iterable[Arguments]) -> bool:
        """Go on from the first of these that fails; whether there is one."""
        return any(self._fails(given) for given in smaller)

    def _fails(self, given: Arguments) -> bool:
        self.tries += 1
        if self.tries > MAX_TRIES or time.monotonic() > self.deadline:
            raise _Enough
        try:
            found = self._tried(given)
        except AuthorError:
            raise _Enough from None  # a call of the student's ended its box, and with it what it knew
        if found is None:
            return False
        self.case, self.finding = found
        return True

    def _tried(self, given: Arguments) -> tuple[Case, Finding] | None:
        """The case and what is wrong on it, if that is what was wrong before and the baseline is right."""
        case = self.subject.reference.variant(self.case, given)
        if case is None or any_number(case.expected, np.isinf) > any_number(self.case.expected, np.isinf):
            return None  # where the answer has become infinite there is nothing to learn
        finding = self._find(self.loaded, case)
        if finding is None or _aim(finding) != self.aim or self._find(self._right(), case) is not None:
            return None
        return case, finding

    def _find(self, loaded: Loaded, case: Case) -> Finding | None:
        response = self.method.respond(self.subject, loaded, case)
        if isinstance(response.failure, Ended):
            raise _Enough
        return self.method.find(self.subject, case, response)

    def _right(self) -> Loaded:
        """The baseline, in a box of its own."""
        if self.baseline is None:
            exercise = self.subject.exercise
            if exercise.baseline is None:
                raise _Enough
            program = Program.of(exercise, exercise.baseline)
            self.baseline = self.stack.enter_context(opened(program, self.subject.sandbox))
            if self.baseline.start():
                raise _Enough
        return self.baseline


class _Enough(Exception):
    """No further input is tried."""


def _aim(finding: Finding) -> tuple[str, ...]:
    """What has to stay the same: the outcome, and which value or which exception it is about.

    Of a program's values only whether it is data or a gradient: their names change with the program.
    """
    value, exception = finding.evidence.value or "", finding.evidence.exception or ""
    return str(finding.outcome), value.partition("[")[0].rpartition(".")[2], exception.partition(":")[0]


# smaller inputs, the simplest first


def _simpler_programs(given: Arguments) -> Iterator[Arguments]:
    return smaller_programs(given) if "nodes" in given else iter(())


def _fewer_steps(given: Arguments) -> Iterator[Arguments]:
    steps = given.get(STEPS)
    if type(steps) is int:  # asked of a function
        yield from ({**given, STEPS: n} for n in sorted({1, 2, 3, steps // 2}) if n < steps)
    if not isinstance(steps, list | tuple):
        return
    for n in sorted({1, 2, 3, len(steps) // 2, len(steps) - 1} - {0}):
        if n < len(steps):
            yield {**given, STEPS: list(steps[:n])}
    if len(steps) <= FEW:
        for i in range(len(steps) - 1):
            yield {**given, STEPS: [*steps[:i], *steps[i + 1 :]]}


def _fewer_params(given: Arguments) -> Iterator[Arguments]:
    params, steps = given.get(PARAMS), given.get(STEPS)
    if not isinstance(params, list) or not isinstance(steps, list | tuple) or len(params) < 2:
        return
    for i in range(len(params)):
        kept = [{**step, GRADS: [g for j, g in enumerate(step[GRADS]) if j == i]} for step in steps]
        yield {**given, PARAMS: [params[i]], STEPS: kept}


def _shorter(given: Arguments, upstream: str | None) -> Iterator[Arguments]:
    yield from _shorter_axes(given)
    if upstream in given:  # its shape may follow from the others in other ways: a new one is drawn
        yield from _shorter_axes({name: value for name, value in given.items() if name != upstream})


def _shorter_axes(given: Arguments) -> Iterator[Arguments]:
    """Axes of the same length are one dimension of the exercise, and are cut alike, also in a shape.

    Where whole numbers may be indices along it, they are brought back into what is left of it.
    """
    shape = given.get(SHAPE)
    asked_for = shape if isinstance(shape, tuple) else ()
    lengths = {n for n in (*asked_for, *(n for array in _arrays(given) for n in array.shape)) if n > 1}
    for length in sorted(lengths, reverse=True):
        for n in sorted({1, 2, 3, length // 2, length - 1}):
            if n < length:
                cut_shape = (
                    {SHAPE: tuple(n if one == length else one for one in asked_for)} if asked_for else {}
                )
                for start in (0, length - n):
                    yield _edited(given, _cut(length, start, n)) | cut_shape
                if any(_may_index(array, length) for array in _arrays(given)):
                    lengths_too = {
                        name: n for name, one in given.items() if type(one) is int and one == length
                    }
                    yield _edited(given, _cut(length, 0, n, folded=True)) | cut_shape | lengths_too


def _shorter_lists(given: Arguments) -> Iterator[Arguments]:
    """Lists of numbers, such as the rates of a schedule: their first ones. Leaves of a program are left."""
    for path, value in _settings(given):
        if _is_numbers(value) and "nodes" not in given:
            for n in sorted({1, 2, 3, len(value) // 2, len(value) - 1} - {0}):
                if n < len(value):
                    yield _with_setting(given, path, value[:n])


def _smaller_counts(given: Arguments) -> Iterator[Arguments]:
    """Whole numbers, by themselves and with the axes: three rows in lots of two are what ten in lots of three
    are.
    """
    for path, value in _settings(given):
        if type(value) is int and path[-1] not in (STEPS, RNG):
            fewer = [_with_setting(given, path, n) for n in (1, 2, 3) if n < value]
            yield from fewer
            for one in fewer:
                yield from _shorter_axes(one)


def _settings(given: Arguments) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What is no array, by name, and by the names of those in a dict, such as an optimizer's options."""
    for name, value in given.items():
        if isinstance(value, dict):
            yield from (((name, inner), one) for inner, one in value.items())
        else:
            yield (name,), value


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(type(one) is float for one in value)


def _with_setting(given: Arguments, path: tuple[str, ...], value: Any) -> Arguments:
    name, *inner = path
    return {**given, name: {**given[name], inner[0]: value} if inner else value}


def _cut(length: int, start: int, n: int, *, folded: bool = False) -> Edit:
    def cut(array: Array) -> Array:
        kept = array[
            tuple(slice(start, start + n) if size == length else slice(None) for size in array.shape)
        ]
        return np.where((kept >= 0) & (kept < length), kept % n, kept) if folded and _is_whole(kept) else kept

    return cut


def _may_index(array: Array, length: int) -> bool:
    return _is_whole(array) and bool(((array >= 0) & (array < length)).any())


def _is_whole(array: Array) -> bool:
    return array.dtype.kind in "iu"


def _rounder_array(given: Arguments, position: int) -> Iterator[Arguments]:
    """One array as zeros, ones, whole numbers, or with one decimal."""
    array = _array_at(given, position)
    if array.dtype.kind == "f" and array.size:
        simple = (np.zeros_like(array), np.ones_like(array), _round(array, 0), _round(array, 1))
        yield from (_replaced(given, position, one) for one in simple if _is_simpler(one, array))


def _rounder_element(given: Arguments, position: int, index: tuple[int, ...]) -> Iterator[Arguments]:
    """One element of an array alike."""
    array = _array_at(given, position)
    for number in (0.0, 1.0, -1.0, 2.0, _round(array[index], 0)) if array.dtype.kind == "f" else ():
        simple = array.copy()
        simple[index] = number
        if _is_simpler(simple, array):
            yield _replaced(given, position, simple)


def _rounder_number(given: Arguments, name: str) -> Iterator[Arguments]:
    """One argument that is a number alike."""
    value = given[name]
    for simple in (0.0, 1.0, -1.0, 2.0, _round(value, 0), _round(value, 1)) if type(value) is float else ():
        if _is_simpler(np.array(simple), np.array(value)):
            yield {**given, name: float(simple)}


def _rounder_list(given: Arguments, path: tuple[str, ...]) -> Iterator[Arguments]:
    """A list of numbers with one decimal, or with two."""
    value = dict(_settings(given))[path]
    for simple in (_round(value, n) for n in (1, 2)) if _is_numbers(value) else ():
        if _is_simpler(simple, np.array(value)):
            yield _with_setting(given, path, simple.tolist())


def _smaller_trees(given: Arguments) -> Iterator[Arguments]:
    """An argument that is an expression, ("mul", a, b), with a part of it in place of the whole."""
    for name, value in given.items():
        if is_expression(value):
            for smaller in _pruned(value):
                yield {**given, name: smaller}


def _pruned(tree: Any) -> Iterator[Any]:
    """Fewer nodes, or a rounder number."""
    if isinstance(tree, float):
        yield from (x for x in (1.0, 2.0) if _is_simpler(np.array(x), np.array(tree)))
    if not is_expression(tree):
        return
    yield from tree[1:]
    for i, part in enumerate(tree[1:], start=1):
        for smaller in _pruned(part):
            yield (*tree[:i], smaller, *tree[i + 1 :])


def _round(numbers: Any, decimals: int) -> Any:
    """Rounded, without a sign before zeros."""
    return np.round(numbers, decimals) + 0.0


def _is_simpler(simple: Array, array: Array) -> bool:
    """Fewer digits to read; equal ones are not tried, so that shrinking comes to an end."""
    return _digits(simple) < _digits(array)


def _digits(array: Array) -> int:
    """A measure of how much there is to read: 0 counts least, then 1, then by the length of its text."""
    return sum(0 if x == 0 else 1 if x == 1 else 1 + len(repr(x)) for x in array.ravel().tolist())


# editing the arrays of an input


def _arrays(value: Any) -> Iterator[Array]:
    """Every array, in the order in which `_edited` meets them."""
    if isinstance(value, Tensor):
        yield value.array
    elif isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _arrays(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _arrays(one)


def _array_at(given: Arguments, position: int) -> Array:
    return next(islice(_arrays(given), position, None))


def _edited(value: Any, edit: Edit) -> Any:
    if isinstance(value, Tensor):
        return Tensor(edit(value.array).copy(), value.requires_grad)
    if isinstance(value, np.ndarray):
        return np.array(edit(value))  # also one without axes, which arithmetic makes a number
    if isinstance(value, dict):
        return {key: _edited(one, edit) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_edited(one, edit) for one in value)
    return value


def _replaced(given: Arguments, position: int, array: Array) -> Arguments:
    """With another array in place of the one at `position`."""
    count = -1

    def edit(old: Array) -> Array:
        nonlocal count
        count += 1
        return array if count == position else old

    edited: Arguments = _edited(given, edit)
    return edited
