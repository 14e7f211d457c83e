"""Reading what a box sends. Everything here is hostile until it has been checked."""

from __future__ import annotations

from typing import Any

from grader.errors import ProtocolError
from grader.sandbox.inside import decoding, encoding
from grader.sandbox.inside.memory import Memory
from grader.sandbox.inside.values import Handle, Opaque, Tensor, Value
from grader.sandbox.inside.wire import Buffer, Extension, WireError
from grader.sandbox.reply import NOTHING, Frame, Raised, Witness

_TEXT = 500
_FRAMES = 20
_MANY = 64  # changed inputs, warnings
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_PICTURES |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_CATEGORIES = ("", "memory", "disk", "files", "descriptors", "process", "forbidden", "exit")


def decode(data: Buffer, memory: Memory | None = None) -> Value:
    """The value in a payload; ProtocolError when it is none."""
    try:
        value: Value = decoding.decode(data, extend=_extend, memory=memory)
    except WireError as error:
        raise ProtocolError(str(error)) from error
    return value


def encode(value: Any, memory: Memory | None = None) -> list[Buffer]:
    """A payload for the box; TypeError for what is no value."""
    return encoding.encode(value, foreign=_refuse, memory=memory)


def read_answer(data: Buffer, memory: Memory | None) -> tuple[Value, Witness]:
    """The payload of an ANSWER."""
    match decode(data, memory):
        case (value, False, (), ()):
            return value, NOTHING
        case (value, bool(aliases), tuple(changed), tuple(warnings)):
            _expect_all(changed, int)
            _expect_all(warnings, str)
            return value, Witness(aliases, changed[:_MANY], _short(warnings))
    raise ProtocolError("not an answer")


def read_raised(data: Buffer, seconds: float) -> tuple[str, Raised]:
    """(category, exception) of a RAISED."""
    match decode(data):
        case (str(category), str(name), str(message), tuple(frames)) if (
            category in _CATEGORIES and len(frames) <= _FRAMES
        ):
            traceback = tuple(map(_frame, frames))
            return category, Raised(legible(name)[:_TEXT], legible(message)[:_TEXT], traceback, seconds)
    raise ProtocolError("not an exception")


def read_call(data: Buffer, memory: Memory) -> tuple[int, tuple[Value, ...]]:
    """(stub, arguments) of a CALL."""
    match decode(data, memory):
        case (int(stub), tuple(arguments)):
            return stub, arguments
    raise ProtocolError("not a call")


def legible(text: str) -> str:
    """Text for people: with pictures of control characters, which databases refuse and terminals obey."""
    return text if text.isprintable() else text.translate(_PICTURES)


def _short(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(legible(text[:_TEXT]) for text in texts[:_MANY])


def _frame(data: Any) -> Frame:
    match data:
        case (int(line), str(function), str(text)):
            return Frame(line, legible(function[:_TEXT]), legible(text[:_TEXT]))
    raise ProtocolError("not a frame of a traceback")


def _expect_all(items: tuple[Any, ...], kind: type) -> None:
    if not all(type(item) is kind for item in items):
        raise ProtocolError(f"not only {kind.__name__}")


def _extend(value: Extension) -> Value:
    if isinstance(value, Opaque):
        return Opaque(legible(value.type_name))
    if isinstance(value, Tensor | Handle):
        return value
    raise WireError("only the judge sends these")


def _refuse(value: Any) -> Any:
    raise TypeError(f"not a value that can be sent to a box: {type(value).__name__}")
