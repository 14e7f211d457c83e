"""What only the box can see of a call. It teaches; nothing is ever decided by it, for it can be forged."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import numpy as np

from .objects import is_tensor, tensor_array

_LOOKED_AT = 1000  # values of a request or an answer; a list may contain itself
_WARNINGS, _TEXT = 10, 200
_PLAIN = frozenset((bool, int, float, str, type(None)))

Array = np.ndarray[Any, Any]


class Witness:
    """Watches the inputs of one request and the warnings of all."""

    def __init__(self) -> None:
        self.arguments: tuple[Any, ...] = ()
        self.inputs: list[list[Array]] = []  # the arrays of each argument
        self.sent: list[list[bytes]] = []  # and what was in them; empty where that is much
        self.dicts: dict[int, dict[Any, Any]] = {}  # what dicts among the arguments held, by their positions
        self.warnings: list[str] = []
        warnings.showwarning = self._note  # type: ignore[assignment]

    def watch(self, arguments: tuple[Any, ...], *, closely: bool) -> None:
        """Remember what the student's code is given; `closely`: also what it holds."""
        self.arguments, self.warnings = arguments, []
        self.inputs = [_arrays(one) for one in arguments]
        self.sent = list(map(_contents, self.inputs)) if closely else []
        self.dicts = {i: dict(one) for i, one in enumerate(arguments) if type(one) is dict} if closely else {}

    def testify(self, result: Any) -> tuple[bool, tuple[int, ...], tuple[str, ...]]:
        """(aliases input, changed inputs, warnings)."""
        return self._aliases(result), self._changed(), tuple(self.warnings)

    def _aliases(self, result: Any) -> bool:
        inputs = [array for arrays in self.inputs for array in arrays]
        if not inputs:
            return False
        return any(np.may_share_memory(out, given) for out in _arrays(result) for given in inputs)

    def _changed(self) -> tuple[int, ...]:
        """Positions of the arguments that hold something else now."""
        return tuple(
            position
            for position, sent in enumerate(self.sent)
            if (sent and _contents(_arrays(self.arguments[position])) != sent)
            or (position in self.dicts and not _holds(self.arguments[position], self.dicts[position]))
        )

    def _note(self, message: Any, category: type[Warning], *_: Any) -> None:
        if len(self.warnings) < _WARNINGS:
            self.warnings.append(f"{category.__name__}: {message}"[:_TEXT])


def _holds(now: dict[Any, Any], before: dict[Any, Any]) -> bool:
    """Whether a dict has the same keys and values; of arrays the same objects."""
    return now.keys() == before.keys() and all(
        now[key] is value or (type(now[key]) in _PLAIN and type(value) in _PLAIN and now[key] == value)
        for key, value in before.items()
    )


def _contents(arrays: list[Array]) -> list[bytes]:
    return [array.tobytes() for array in arrays]


def _arrays(thing: Any) -> list[Array]:
    """The array, or those inside lists, tuples and dicts of them, however they nest."""
    found, todo, seen = [], [thing], 0
    while todo and seen < _LOOKED_AT:
        thing = todo.pop()
        kind = type(thing)
        seen += 1
        if kind is np.ndarray:
            found.append(thing)
        elif kind in _PLAIN:
            continue
        elif kind is list or kind is tuple:
            todo += thing[:_LOOKED_AT]
        elif kind is dict:
            todo += itertools.islice(thing.values(), _LOOKED_AT)
        elif is_tensor(thing):
            array = tensor_array(thing)
            if array is not None:
                found.append(array)
    return found
