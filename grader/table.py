"""Reading one TOML table so that every mistake names file, key and what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from math import inf
from typing import Any, NoReturn, TypeVar

from grader.errors import ExerciseError

E = TypeVar("E", bound=StrEnum)
REQUIRED: Any = object()
MAX_SHOWN = 60


def parse(text: str, *, file: str) -> Table:
    """The root table of a TOML text."""
    try:
        return Table(tomllib.loads(text), file=file)
    except tomllib.TOMLDecodeError as error:
        cure = '; in "…" a backslash is written twice' if "Unescaped" in str(error) else ""
        raise ExerciseError(f"{file}: expected valid TOML: {error}{cure}") from error


class Table:
    """A mapping that remembers where it stands, and which of its keys were read."""

    def __init__(self, values: Mapping[str, Any], *, file: str, path: str = "", whose: str = "") -> None:
        self.file, self.path = file, path
        self._whose = whose  # what its author calls it: who counts tables from 0?
        self._values = values
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, key: str, default: str = REQUIRED) -> str:
        """A string; not empty where it is required."""
        value = self._take(key, default)
        if not isinstance(value, str) or not (value.strip() or default == value):
            self.refuse(key, "some text", value)
        return value

    def name(self, key: str, default: str = REQUIRED) -> str:
        """A string that Python could use as a name."""
        value = self._take(key, default)
        if not isinstance(value, str) or not value.isidentifier():
            self.refuse(key, "a Python name", value)
        return value

    def anchor(self, key: str) -> str:
        """Where a link into a page arrives; empty when it is left out."""
        value = self.text(key, "")
        if value and not value.startswith("#"):
            self.refuse(key, 'an anchor that begins with "#"', value)
        return value

    def whole(self, key: str, default: int = REQUIRED, *, minimum: int = 0) -> int:
        """An integer of at least `minimum`."""
        value = self._take(key, default)
        if type(value) is not int or value < minimum:
            self.refuse(key, f"a whole number of {minimum} or more", value)
        return value

    def number(self, key: str, *, above: float | None = None) -> float:
        """A finite number of 0 or more, or above a bound."""
        value = self._take(key, REQUIRED)
        expected = "a number of 0 or more" if above is None else f"a number above {above:g}"
        if type(value) not in (int, float) or not 0 <= value < inf or (above is not None and value <= above):
            self.refuse(key, expected, value)
        return float(value)

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._take(key, REQUIRED)
        if not isinstance(value, bool):
            self.refuse(key, "true or false", value)
        return value

    def choice(self, key: str, options: type[E], default: E = REQUIRED) -> E:
        """One of an enum's values."""
        value = self._take(key, default)
        if value not in list(options):
            self.refuse(key, " | ".join(options), value)
        return options(value)

    def texts(self, key: str, default: tuple[str, ...] = REQUIRED) -> tuple[str, ...]:
        """A list of strings, none of them empty."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(
            isinstance(one, str) and one.strip() for one in value
        ):
            self.refuse(key, "a list of texts", value)
        return tuple(value)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers of 1 or more."""
        value = self._take(key, REQUIRED)
        if not isinstance(value, list) or not all(type(one) is int and one > 0 for one in value):
            self.refuse(key, "a list of whole numbers of 1 or more", value)
        return tuple(value)

    def names(self, key: str, default: tuple[str, ...] = REQUIRED) -> tuple[str, ...]:
        """A list of Python names, each of them once."""
        value = self.texts(key, default)
        if not all(one.isidentifier() for one in value) or len(set(value)) != len(value):
            self.refuse(key, "a list of different Python names", list(value))
        return value

    def raw(self, key: str) -> Any:
        """A value as it stands, for the caller to check."""
        return self._take(key, REQUIRED)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A table as it stands, unread."""
        value = self._take(key, REQUIRED)
        if not isinstance(value, dict):
            self.refuse(key, "a table", value)
        return value

    def holds_table(self, key: str) -> bool:
        """Whether the value is a table, where it may be something else."""
        return isinstance(self._values.get(key), dict)

    def table(self, key: str) -> Table:
        """A nested table; empty when it is left out."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.refuse(key, "a table", value)
        return Table(value, file=self.file, path=self._join(key), whose=self._whose)

    def tables(self, key: str) -> list[Table]:
        """A list of nested tables; empty when it is left out."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(key, f"tables, each headed [[{key}]]", value)
        return [
            Table(one, file=self.file, path=f"{self._join(key)}[{i}]", whose=_title(one))
            for i, one in enumerate(value)
        ]

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be a silent default."""
        for key in self._values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                raise ExerciseError(
                    f"{self.file}: {self._join(key)}: unknown key here; known are {known}{self._whose}"
                )

    def refuse(self, key: str, expected: str, got: Any = None) -> NoReturn:
        """Raise the one kind of sentence that a loading error is."""
        where = f"{self.file}: {self._join(key)}" if key else f"{self.file}: {self.path}"
        shown = "" if got is None else f", got {_shortened(got)}"
        raise ExerciseError(f"{where}: expected {expected}{shown}{self._whose}")

    def _take(self, key: str, default: Any) -> Any:
        self._read.add(key)
        if key in self._values:
            return self._values[key]
        if default is REQUIRED:
            near = get_close_matches(key, set(self._values) - self._read, n=1, cutoff=0.5)
            there = f" ({near[0]!r} is there)" if near else ""
            raise ExerciseError(f"{self.file}: {self._join(key)}: is missing{there}{self._whose}")
        return default

    def _join(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _title(values: Mapping[str, Any]) -> str:
    """By what the author finds that table: its file, or its name."""
    title = next((values[key] for key in ("file", "name") if isinstance(values.get(key), str)), "")
    return f" (in the table of {_shortened(title)})" if title else ""


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
