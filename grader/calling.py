"""One call of a function entry, with stubs for the arguments that are functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.exercise import RNG, Entry
from grader.program import Answerer, Loaded, Response
from grader.question import Case
from grader.sandbox import Answer, Callback, CallRefused, Reply
from grader.values import Opaque, Rng, Stub, Tensor, Value

MAX_CALLS = 2_000  # of one callable argument in one case; bounds of checks are far below
MAX_ARGUMENT_BYTES = 1 << 20  # what a callable argument may be called with
MAX_ANSWERED_S = 20.0  # for all calls of one check
MAX_ARGUMENT_DEPTH, MAX_ARGUMENT_VALUES = 8, 10_000  # lists in lists; a message to a box has bounds, too
LISTS = (list, tuple)
PLAIN = (float, np.ndarray, int, bool, str, np.generic, Tensor, type(None))  # the most frequent first
ROOM = 2.0  # MB of an answer beyond four times what is expected


def call(
    loaded: Loaded, entry: Entry, case: Case, answer: Answerer, *, like: Value | None = None
) -> Response:
    """Call the entry with the case's arguments, in the order of its parameters.

    What comes back may be some times as large as the expected answer, or as `like`.
    """
    asked = _Call(loaded, entry, case, answer, like)
    reply = loaded.box.call(entry.name, *asked.arguments, callbacks=asked.callbacks, reply_mb=asked.room)
    return asked.response(reply)


def begin(
    loaded: Loaded, entry: Entry, case: Case, answer: Answerer, *, like: Value | None = None
) -> Callable[[], Response]:
    """Like `call`, for a response that is fetched later."""
    asked = _Call(loaded, entry, case, answer, like)
    parameters: tuple[Value, ...] = (entry.name, tuple(asked.arguments), {})
    fetch = loaded.box.begin("call", *parameters, callbacks=asked.callbacks, reply_mb=asked.room, in_row=True)
    return lambda: asked.response(fetch())


class _Call:
    """What is sent, and what is made of the reply."""

    def __init__(
        self, loaded: Loaded, entry: Entry, case: Case, answer: Answerer, like: Value | None
    ) -> None:
        self.entry = entry
        self.counts = dict.fromkeys(case.functions, 0)
        stubs = {name: Stub(i, name) for i, name in enumerate(case.functions)}
        self.callbacks = {
            stub.id: _callback(name, self.counts, loaded, answer) for name, stub in stubs.items()
        }
        self.arguments = [stubs.get(name, sent(name, case.arguments.get(name))) for name in entry.parameters]
        self.room = reply_room(case.expected if like is None else like)

    def response(self, reply: Reply) -> Response:
        """The value with what the box and the judge saw, or why there is none."""
        if not isinstance(reply, Answer):
            return Response(failure=reply, calls=self.counts)
        names, written = self.entry.parameters, reply.witness.changed_inputs
        changed = tuple(names[i] for i in written if 0 <= i < len(names))
        return Response(value=reply.value, calls=self.counts, changed=changed, seconds=reply.seconds)


def reply_room(expected: Value, *, times: int = 1) -> float:
    """How many MB an answer may have where `expected` is due so many times."""
    return ROOM + 4 * times * _nbytes(expected) / 1e6


def sent(name: str, value: Value) -> Value:
    """A whole number named `rng` is the seed of a generator."""
    return Rng(value) if name == RNG and type(value) is int else value


def _callback(name: str, counts: dict[str, int], loaded: Loaded, answer: Answerer) -> Callback:
    def callback(args: tuple[Value, ...]) -> Value:
        counts[name] += 1
        if counts[name] > MAX_CALLS:
            raise CallRefused(f"{name} was called more than {MAX_CALLS} times")
        if not all(map(_is_plain, args)):
            raise CallRefused(f"{name} takes numbers and arrays")
        if _count(args) > MAX_ARGUMENT_VALUES:
            raise CallRefused(f"{name} was called with more than {MAX_ARGUMENT_VALUES} values")
        if _nbytes(args) > MAX_ARGUMENT_BYTES:
            raise CallRefused(f"{name} was called with an argument that is too large")
        if loaded.answered_s > MAX_ANSWERED_S:
            raise CallRefused(f"the calls of {name} took more than {MAX_ANSWERED_S:g} s")
        started = time.monotonic()
        try:
            value = answer(name, args)
        finally:
            loaded.answered_s += time.monotonic() - started
        if isinstance(value, Opaque):
            raise CallRefused(f"{name} has no value there that can be sent ({value.type_name})")
        return value

    return callback


def _is_plain(value: Any, depth: int = 0) -> bool:
    """Numbers, arrays, tensors, and lists of these: what the reference box may be handed."""
    if isinstance(value, LISTS):
        return depth < MAX_ARGUMENT_DEPTH and all(_is_plain(one, depth + 1) for one in value)
    return isinstance(value, PLAIN)


def _count(value: Any) -> int:
    return 1 + sum(map(_count, value)) if isinstance(value, LISTS) else 1


def _nbytes(value: Any) -> int:
    kind = type(value)
    if kind is list or kind is tuple:
        return sum(map(_nbytes, value))
    if kind is dict:
        return sum(map(_nbytes, value.values()))
    if kind is Tensor:
        return int(value.array.nbytes)
    return len(value) if kind is str else int(getattr(value, "nbytes", 8))
