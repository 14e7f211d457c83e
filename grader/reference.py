"""The author's code in a box of its own: makes inputs, expected values, and answers calls of `f` and the
like.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np

from grader.errors import ReferenceError_
from grader.exercise import CheckKind, Exercise
from grader.question import Case, Question
from grader.sandbox import Answer, Box, CallRefused, Ended, Frame, Limits, Raised, Reply, Runtime, Sandbox
from grader.values import Tensor, Value

DRIVER = Path(__file__).with_name("reference_driver.py")
ANSWER_S = 5.0  # for one call of the student's, or for one input that is only tried
REFUSALS = ("ValueError", "ZeroDivisionError", "OverflowError", "FloatingPointError")  # of a property
MAX_REFUSAL = 200  # characters
SEEDS = 2**53  # every seed is a whole number that JSON and databases keep exactly
MAKERS = ("cases", "histories", "programs")  # what makes the inputs
UNFIT = "Unfit"  # the driver's own exception, whose message is a sentence
LIMITS = Limits(cpu_s=120.0, wall_s=240.0, memory_mb=2048, message_mb=256, output_kb=1024)


@dataclass
class Opened:
    """Inputs that the box was asked to make, with a number of their own; what it says of them may not be here
    yet.
    """

    question: Question
    seed: int
    number: int
    fetch: Callable[[], Reply]
    answered: list[Any] = field(default_factory=list)  # what is known of the first of them
    _reply: Reply | None = None

    @property
    def reply(self) -> Reply:
        """The answer, for which this waits once."""
        if self._reply is None:
            self._reply = self.fetch()
        return self._reply

    def of(self, question: Question, seed: int) -> bool:
        """Whether they are the inputs of this question."""
        return self.seed == seed and self.question == question

    def about(self, index: int) -> tuple[Value, ...]:
        """What the driver has to know of a case."""
        return _about(self.question, self.seed, index)


class Prepared(NamedTuple):
    """The inputs of a grading that has not begun."""

    seed: int  # of that grading
    opened: list[Opened]


class Reference:
    """The reference box of one grading, opened when it is first needed."""

    def __init__(self, exercise: Exercise, sandbox: Sandbox) -> None:
        self._exercise, self._sandbox = exercise, sandbox
        self._box: Box | None = None
        self._asked: Opened | None = None  # what `case` and all the others are about
        self._opened: list[Opened] = []  # what `ask` will most likely be asked next, in that order
        self._then: Sequence[tuple[Question, int]] = ()  # what is to be opened once the next is asked
        self._prepared: Prepared | None = None  # in the box that was kept, for a grading after this one
        self._numbers = count()
        self._lent = False  # whether the box has worked for a student since `begin`

    def __enter__(self) -> Reference:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._box is not None and not self._meets_answers:
            self._box.prepared = self._prepared
            self._sandbox.keep(self._key, self._box)
            self._box = None
        self.close()

    def draw(self) -> int:
        """A seed for this grading: that for which inputs have been prepared, if there is one."""
        self._take_kept()
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return secrets.randbelow(SEEDS)
        self._opened = list(prepared.opened)
        return prepared.seed

    def prepare(self, questions: Sequence[Question]) -> None:
        """Have the inputs to these first checks of a grading made for the next one, under its own seed."""
        if self._box is None or self._meets_answers or not questions:
            return
        seed = secrets.randbelow(SEEDS)
        self._asked, self._opened, self._prepared = None, [], None
        self._open_all([(one, seed_for(seed, i)) for i, one in enumerate(questions)])
        self._prepared = Prepared(seed, self._opened)

    def close(self) -> None:
        """End the box."""
        self._asked, self._opened, self._prepared = None, [], None
        if self._box is not None:
            self._box.close()
            self._box = None

    def begin(
        self,
        question: Question,
        seed: int,
        *,
        ahead: bool = True,
        then: Sequence[tuple[Question, int]] = (),
    ) -> None:
        """Have the inputs made while something else is done; `ask` fetches them.

        With `ahead` also the answers to those that are small. What is asked `then` is made as soon as this
        has been fetched.
        """
        if self._lent and self._box is not None and self._box.worn:
            self.close()
        self._lent = False
        self._open_all([(question, seed)], ahead=ahead)
        self._then = then

    def _open_all(self, questions: Sequence[tuple[Question, int]], *, ahead: bool = True) -> None:
        """Have the inputs to those questions made for which they are not."""
        due = [one for one in questions if not self._is_open(*one)]
        box = self._open()
        for question, seed in due:
            number, asked = next(self._numbers), list(_about(question, seed, 0)[1:]) if ahead else []
            made = question.group if question.example is None else dict(question.example)
            later = self._prepared.opened if self._prepared else ()
            others = [one.number for one in (self._asked, *self._opened, *later) if one is not None]
            parameters = (number, others, made, seed, str(question.kind), asked)
            fetch = box.begin("call", "open_cases", parameters, {}, in_row=True)
            box.send_row()
            self._opened.append(Opened(question, seed, number, fetch))

    def _is_open(self, question: Question, seed: int) -> bool:
        return any(one.of(question, seed) for one in self._opened)

    def ask(self, question: Question, seed: int, *, ahead: bool = True) -> int:
        """Make the inputs; how many there are. `ahead`: with the answers to those that are small."""
        if not self._is_open(question, seed):
            self.begin(question, seed, ahead=ahead)
        while not self._opened[0].of(question, seed):
            del self._opened[0]
        self._asked = asked = self._opened.pop(0)
        n, asked.answered = self._value_of(asked.reply)
        if n == 0:
            raise ReferenceError_(f"{self._place}: the group {question.group!r} has no inputs")
        then, self._then = self._then, ()
        self._open_all(then)
        return int(n)

    def case(self, index: int) -> Case:
        """The input of that index with its expected answer, of which `expect_numbers` is true."""
        case = self.unchecked(index)
        self.expect_numbers(case)
        return case

    def unchecked(self, index: int) -> Case:
        """The same for those who pass no answer that differs."""
        asked = self._now
        known = index < len(asked.answered)
        case = self._case(
            index, asked.answered[index] if known else self._call("question", *asked.about(index))
        )
        if case.functions:
            self._settle()  # else the student's first call would wait for it
        return case

    def expect_numbers(self, case: Case) -> None:
        """ReferenceError_ if there is a NaN in the expected answer: no answer would be right."""
        if any_number(case.expected, np.isnan):
            raise ReferenceError_(
                f"{self._place}: the answer to input {case.index + 1} has a NaN in it, "
                "and nothing equals that"
            )

    def variant(self, case: Case, given: Value) -> Case | None:
        """A case with other values; None where the author's code does not take them. ReferenceError_ when its
        box ended, as it does when it finds no answer in time.
        """
        asked = self._now.about(case.index)[1:]
        reply = self._lent_to("variant", case.index, given, *asked)
        if isinstance(reply, Ended):
            raise ReferenceError_(self._sentence(reply))
        if not isinstance(reply, Answer):
            return None
        found: Any = reply.value
        return self._case(int(found[0]), found[1])

    def _case(self, index: int, answered: Any) -> Case:
        values, functions, expected = answered
        if self._now.question.kind is CheckKind.TRAJECTORY:
            values = _in_rows(values)
        return Case(
            index=index,
            given=values,
            arguments={name: self._native(value) for name, value in values.items()},
            functions=functions,
            expected=self._native(expected),
            magnitudes=_Once(lambda: self._magnitudes(index)),
        )

    def answer(self, index: int, name: str, args: tuple[Value, ...]) -> Value:
        """What the callable argument `name` of a case returns; for the student's code, so nothing here is the
        author's fault: what it cannot answer is refused."""
        reply = self._lent_to("answer", index, name, args)
        if isinstance(reply, Answer):
            return self._native(reply.value)
        if isinstance(reply, Ended):
            self._reopen()
            raise CallRefused(f"{name} found no value for that argument in time")
        raise CallRefused(f"{name} does not take that argument ({reply.type_name})")

    def answer_as_written(self, index: int, name: str, args: tuple[Value, ...]) -> Value:
        """What it would return if it were what its text says. ReferenceError_ where that fails."""
        value: Value = self._native(self._call("answer_as_written", index, name, args))
        return value

    def residuals(self, index: int, result: Value, due: Collection[str]) -> Mapping[str, float] | str:
        """The numbers that the author's property finds in a validated answer, those of `due` among them; a
        text where it refuses to look into it.
        """
        reply = self._lent_to("residuals", index, self._now.question.reference, result)
        if isinstance(reply, Ended):
            self._reopen()
            return "it took too long, or too much memory"
        if isinstance(reply, Raised) and reply.type_name in REFUSALS:
            return reply.message.strip().split("\n")[0][:MAX_REFUSAL] or reply.type_name
        found: Any = reply.value if isinstance(reply, Answer) else None
        if not isinstance(found, dict):
            raise ReferenceError_(self._sentence(reply))
        missing = [name for name in due if name not in found]
        if missing or not all(isinstance(value, float) for value in found.values()):
            raise ReferenceError_(f"{self._place}: expected a dict of numbers, with {', '.join(sorted(due))}")
        return found

    def undifferentiated(self, index: int) -> Value:
        """The author's forward itself, where its derivative is asked for."""
        question = self._now.question
        value: Value = self._native(self._call("value", index, question.reference, list(question.wrt)))
        return value

    def loss(self, index: int, predictions: Value) -> float:
        """The author's loss of predictions that have the structure of the target."""
        question = self._now.question
        return float(self._call("loss", index, question.reference, question.target, predictions))

    def disagreement(self, index: int) -> float:
        """Relative distance between autograd and central differences of the author's forward."""
        question, seed = self._now.question, self._now.seed
        return float(self._call("disagreement", index, question.reference, list(question.wrt), seed + index))

    def _magnitudes(self, index: int) -> tuple[float, ...]:
        return tuple(float(one) for one in self._call("magnitudes", *self._now.about(index)))

    # the box

    def _settle(self) -> None:
        """Hear what the box still makes. ReferenceError_ if it ended over that: no student did it."""
        for opened in self._opened:
            if isinstance(opened.reply, Ended):
                raise ReferenceError_(self._sentence(opened.reply))

    def _call(self, name: str, *args: Value) -> Any:
        """Ask the driver about the inputs; whatever goes wrong is the author's to mend."""
        return self._value_of(self._open().call("about", self._now.number, name, *args))

    def _lent_to(self, name: str, *args: Value) -> Reply:
        """Ask the driver for something that depends on a student, and may cost it much."""
        self._settle()
        self._lent = True
        return self._open().call("about", self._now.number, name, *args, within_s=ANSWER_S)

    def _value_of(self, reply: Reply | None) -> Any:
        if not isinstance(reply, Answer):
            raise ReferenceError_(self._sentence(reply))
        return reply.value

    def _take_kept(self) -> None:
        """Have the box of an earlier grading, if there is one, and what was prepared in it."""
        if self._box is not None or self._meets_answers:
            return
        self._box = self._sandbox.kept(self._key)
        if self._box is not None and self._box.prepared:
            self._prepared = self._box.prepared
            self._numbers = count(self._prepared.opened[-1].number + 1)

    def _open(self) -> Box:
        self._take_kept()
        if self._box is None:
            self._box = self._sandbox.box(Runtime.TORCH, limits=LIMITS)
            sources = ((self._exercise.reference, "reference"), (_driver(), "reference_driver"))
            for source, module in sources:
                reply = self._box.load(source, filename=f"{module}.py", module=module)
                if not isinstance(reply, Answer):
                    raise ReferenceError_(f"{self._exercise.slug}: {module}.py: {self._told(reply)}")
        return self._box

    def _reopen(self) -> None:
        """A call of the student's ended the box: the same inputs again in a new one."""
        asked = self._now
        self.close()
        self.ask(asked.question, asked.seed)

    @property
    def _meets_answers(self) -> bool:
        """Whether the author's code looks into what students return: then the box is for one grading only."""
        return any(check.kind is CheckKind.PROPERTY for check in self._exercise.checks)

    @property
    def _key(self) -> str:
        """Exercises with the same reference may share a box, one after the other."""
        return self._exercise.reference

    @property
    def _now(self) -> Opened:
        if self._asked is None:
            raise RuntimeError("ask() comes first")
        return self._asked

    @property
    def _place(self) -> str:
        return self._placed("" if self._asked is None else self._asked.question.reference)

    def _placed(self, function: str) -> str:
        asked = self._asked.question if self._asked else None
        of = f": {function}" if function else ""
        group = f" ({asked.group})" if asked and asked.group else ""
        return f"{self._exercise.slug}: reference.py{of}{group}"

    def _sentence(self, reply: Reply | None) -> str:
        """Which of the author's functions failed, at what and in which line."""
        return f"{self._placed_by(reply)}: {self._told(reply)}"

    def _placed_by(self, reply: Reply | None) -> str:
        if not isinstance(reply, Raised):
            return self._place
        if reply.type_name == UNFIT:
            return self._placed("")  # the message names the function
        frames = self._own(reply)
        at = frames[0].function if frames else reply.message.partition("(")[0]  # "cases() takes 1 argument"
        return self._placed(at) if at in MAKERS else self._place

    def _own(self, reply: Reply | None) -> list[Frame]:
        """The lines of reference.py in a traceback, which has those of the driver as well."""
        lines = [line.strip() for line in self._exercise.reference.splitlines()]
        frames = reply.traceback if isinstance(reply, Raised) else ()
        return [
            one for one in frames if 0 < one.line <= len(lines) and lines[one.line - 1].startswith(one.text)
        ]

    def _told(self, reply: Reply | None) -> str:
        if isinstance(reply, Raised):
            if reply.type_name == UNFIT:
                return reply.message
            frames = self._own(reply)
            at = f" in line {frames[-1].line}" if frames else ""
            return f"raised {reply.type_name}: {reply.message}{at}"
        if isinstance(reply, Ended):
            return f"was ended: {reply.outcome} {reply.limit} {reply.used}".rstrip()
        return "gave no answer"

    def _native(self, value: Value) -> Value:
        """Arrays for tensors where the student's runtime has no torch."""
        if self._exercise.runtime is Runtime.TORCH:
            return value
        arrays: Value = _arrays(value)
        return arrays


def seed_for(seed: int, *parts: object) -> int:
    """A seed that one part of a grading uses, derived from the verdict's."""
    text = "/".join(map(str, (seed, *parts)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


class _Once:
    """What a function of no arguments returns, which is called once at most."""

    def __init__(self, ask: Callable[[], tuple[float, ...]]) -> None:
        self._ask = ask
        self._known: tuple[float, ...] | None = None

    def __call__(self) -> tuple[float, ...]:
        if self._known is None:
            self._known = self._ask()
        return self._known


def _about(asked: Question, seed: int, index: int) -> tuple[Value, ...]:
    """What the driver has to know of a case."""
    named = asked.target if asked.kind is CheckKind.TRAINING else asked.reference
    return index, str(asked.kind), named, list(asked.wrt), asked.upstream, seed + index


def _arrays(value: Any) -> Any:
    kind = type(value)
    if kind is float or kind is np.ndarray:
        return value
    if kind is Tensor:
        return value.array
    if kind is list:
        return list(map(_arrays, value))
    if kind is tuple:
        return tuple(map(_arrays, value))
    if kind is dict:
        return {key: _arrays(one) for key, one in value.items()}
    return value


def _in_rows(history: dict[str, Any]) -> dict[str, Any]:
    """As the author's `histories` made it, where the driver sends the steps in columns."""
    rest = dict(history)
    gradients, settings = rest.pop("gradients", None), rest.pop("settings", None)
    if type(gradients) is not list or type(settings) is not list or len(gradients) != len(settings):
        return history
    steps = [
        {"grads": grads} if what is None else {"grads": grads, "set": what}
        for grads, what in zip(gradients, settings, strict=True)
    ]
    return {**rest, "steps": steps}


def any_number(value: Value, of: Callable[[Any], Any]) -> bool:
    """Whether any floating-point number in a value is of a kind, such as np.isnan."""
    if isinstance(value, list | tuple):
        return any(any_number(one, of) for one in value)
    if isinstance(value, dict):
        return any(any_number(one, of) for one in value.values())
    array = value.array if isinstance(value, Tensor) else value
    return np.asarray(array).dtype.kind in "fc" and bool(np.any(of(array)))


@cache
def _driver() -> str:
    return DRIVER.read_text(encoding="utf-8")
