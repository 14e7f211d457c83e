"""An exception of the student's as plain, bounded values. Its class may be hostile."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from .objects import type_name

_MESSAGE, _LINE, _NAME = 500, 200, 100
_FIRST, _LAST = 4, 16  # frames shown of a deep traceback
_TOO_LARGE = (errno.EFBIG, errno.EDQUOT)

Frames = tuple[tuple[int, str, str], ...]


def describe(error: BaseException, sources: Mapping[str, list[str]]) -> tuple[str, str, str, Frames]:
    """(category, type's name, message, frames) of an exception; `sources` are the lines of known files."""
    try:
        frames = _frames(error, sources)
        return _category(error), _type_name(error, sources), _message(error), frames
    except BaseException:  # noqa: BLE001  a hostile exception may raise whatever is done to it
        return "", "Exception", "(cannot be shown)", ()


def _type_name(error: BaseException, sources: Mapping[str, list[str]]) -> str:
    if isinstance(error, SyntaxError) and error.filename in sources:
        return "SyntaxError"
    return type_name(error)[:_NAME]


def _category(error: BaseException) -> str:
    """Which limit, if any, the exception is the sign of."""
    if isinstance(error, SystemExit):
        return "exit"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError):
        number = error.errno
        if number == errno.ENOMEM:
            return "memory"
        if number in _TOO_LARGE:
            return "disk"
        if number == errno.ENOSPC:
            return "disk" if _another_file() else "files"
        if number == errno.EMFILE:
            return "descriptors"
        if number == errno.EAGAIN:
            return "process"
        if number == errno.EPERM:
            return "forbidden"
    if type(error) is RuntimeError:
        message = str(error)
        if "can't start new thread" in message:
            return "process"
        if "can't allocate memory" in message:  # torch's allocator
            return "memory"
    return ""


def _another_file() -> bool:
    """Whether there is room for one more: what is used up is space, then."""
    try:
        fd, path = tempfile.mkstemp()
        os.close(fd)
        os.unlink(path)
    except OSError:
        return False
    return True


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return _plain(error.msg)
    if isinstance(error, SystemExit):
        return _plain(error.code)
    return _plain(error)


def _plain(thing: Any) -> str:
    try:
        text = str(thing)
        return text[:_MESSAGE] if type(text) is str else ""
    except BaseException:  # noqa: BLE001  __str__ is the student's
        return "(the message cannot be shown)"


def _frames(error: BaseException, sources: Mapping[str, list[str]]) -> Frames:
    frames = [
        (line, name[:_NAME], _text(sources[filename], line))
        for filename, line, name in _walk(error.__traceback__)
        if filename in sources
    ]
    if isinstance(error, SyntaxError) and type(error.lineno) is int:
        lines = sources.get(str(error.filename), [])
        frames += [(error.lineno, "", _text(lines, error.lineno))] if lines else []
    if len(frames) > _FIRST + _LAST:
        frames = frames[:_FIRST] + frames[-_LAST:]
    return tuple(frames)


def _walk(traceback: TracebackType | None) -> list[tuple[str, int, str]]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append((code.co_filename, traceback.tb_lineno or 0, code.co_name))
        traceback = traceback.tb_next
    return places


def _text(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:_LINE] if 0 < number <= len(lines) else ""
