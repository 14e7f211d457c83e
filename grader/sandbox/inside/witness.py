"""What only the box can see of a call. It teaches; nothing is ever decided by it, for it can be forged."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from .decoding import decode
from .objects import is_tensor, tensor_array, type_name
from .wire import Buffer

_ENOUGH = 4 << 20  # bytes of a request beyond which inputs are not compared afterwards
_LOOKED_AT = 1000  # values of a request or an answer; a list may contain itself
_WARNINGS, _TEXT, _NAMES = 10, 200, 64


class Witness:
    """Watches the inputs of one request and the warnings of all."""

    def __init__(self) -> None:
        self.request: Buffer = b""
        self.position = 0
        self.arguments: tuple[Any, ...] = ()
        self.warnings: list[str] = []
        warnings.showwarning = self._note  # type: ignore[assignment]

    def watch(self, request: Buffer, parameters: tuple[Any, ...], position: int | None) -> None:
        """Remember what was sent; the student's arguments are the parameter at `position`."""
        self.request = request if len(request) <= _ENOUGH else b""
        self.position = position or 0
        self.arguments = () if position is None else parameters[position]
        self.warnings = []

    def testify(self, result: Any) -> tuple[tuple[str, ...], bool, tuple[int, ...], tuple[str, ...]]:
        """(type names, aliases input, changed inputs, warnings)."""
        parts = result[:_NAMES] if type(result) is tuple else (result,)
        names = tuple(type_name(part) for part in parts)
        return names, self._aliases(parts), self._changed(), tuple(self.warnings)

    def _aliases(self, parts: tuple[Any, ...]) -> bool:
        inputs = list(_arrays(self.arguments))
        return any(np.may_share_memory(out, given) for out in _arrays(parts) for given in inputs)

    def _changed(self) -> tuple[int, ...]:
        """Positions of the arguments that differ from what the request still says."""
        if not self.request or not any(True for _ in _arrays(self.arguments)):
            return ()
        _, sent = decode(self.request, extend=lambda value: getattr(value, "array", None))
        return tuple(
            position
            for position, (now, then) in enumerate(zip(self.arguments, sent[self.position], strict=True))
            if any(
                a.tobytes() != b.tobytes() for a, b in zip(_arrays((now,)), _arrays((then,)), strict=False)
            )
        )

    def _note(self, message: Any, category: type[Warning], *_: Any) -> None:
        if len(self.warnings) < _WARNINGS:
            self.warnings.append(f"{category.__name__}: {message}"[:_TEXT])


def _arrays(things: Any) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays among the given values and inside lists, tuples and dicts of them, however they nest."""
    todo, seen = [things], 0
    while todo and seen < _LOOKED_AT:
        thing = todo.pop()
        seen += 1
        if type(thing) in (list, tuple, dict):
            inner = thing.values() if type(thing) is dict else thing
            todo += reversed(list(itertools.islice(inner, _LOOKED_AT)))
        elif type(thing) is np.ndarray:
            yield thing
        elif is_tensor(thing):
            array = tensor_array(thing)
            if array is not None:
                yield array
