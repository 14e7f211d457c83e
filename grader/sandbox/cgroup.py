"""A control group of the kernel's for each box, where the judge may make some (cgroup v1 and v2).

A second bound, beside the box's own rlimits: on processes, and on all the memory that it causes (its pages,
its files, the kernel's tables for them). Most containers and unprivileged accounts may make no groups:
rlimits and the judge's watch then stand alone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from grader.errors import InfrastructureError

_CONTROLLERS: Final = ("memory", "pids")
_MARK: Final = "nabla-"
_LEAF: Final = "nabla-judge"  # where v2 wants the judge to be, beside its boxes' groups
_DELEGATED: Final = ("user.delegate", "trusted.delegate")  # extended attributes that systemd sets
_MEMORY_V1: Final = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes")


@dataclass(frozen=True)
class Place:
    """Where groups can be made: one directory for each hierarchy, and what is written into a new group."""

    version: int
    parents: tuple[Path, ...]

    def settings(self, memory_bytes: int, processes: int = 1) -> Mapping[str, str]:
        """File and content, in the order of writing; files that a kernel does not have are left out."""
        if self.version == 1:
            return {**dict.fromkeys(_MEMORY_V1, str(memory_bytes)), "pids.max": str(processes)}
        return {
            "memory.max": str(memory_bytes),
            "memory.swap.max": "0",
            "memory.oom.group": "1",
            "pids.max": str(processes),
        }


@dataclass(frozen=True)
class Group:
    """One group; its process is the only one in it."""

    memory_bytes: int
    folders: tuple[Path, ...]
    doors: tuple[int, ...]  # open descriptors of its cgroup.procs


@dataclass
class Groups:
    """The groups of one template's boxes. A group is used by one box after the other with the same bound."""

    place: Place
    processes: int = 1  # with threads
    _idle: dict[int, list[Group]] = field(default_factory=dict)
    _all: list[Group] = field(default_factory=list)

    def join(self, pid: int, memory_bytes: int) -> Group:
        """Put a process into a group of its own; the group, for `leave`. Raises InfrastructureError."""
        idle = self._idle.get(memory_bytes)
        group = idle.pop() if idle else self._make(memory_bytes)
        try:
            for door in group.doors:
                os.pwrite(door, str(pid).encode(), 0)
        except ProcessLookupError:
            pass  # it has died: whoever asks next finds out
        except OSError as error:
            raise InfrastructureError(f"a box cannot be put into its control group: {error}") from error
        return group

    def leave(self, group: Group) -> None:
        """Give back a group whose process has been reaped."""
        self._idle.setdefault(group.memory_bytes, []).append(group)

    def close(self) -> None:
        """Remove all groups; their processes must have been reaped."""
        for group in self._all:
            for door in group.doors:
                os.close(door)
            for folder in group.folders:
                with contextlib.suppress(OSError):  # busy: the next judge to start removes it
                    folder.rmdir()
        self._all.clear()
        self._idle.clear()

    def _make(self, memory_bytes: int) -> Group:
        name = f"{_MARK}{os.getpid()}-{id(self):x}-{len(self._all)}"
        folders = tuple(parent / name for parent in self.place.parents)
        try:
            for folder in folders:
                folder.mkdir()
                for file, content in self.place.settings(memory_bytes, self.processes).items():
                    if (folder / file).exists():
                        (folder / file).write_text(content)
            doors = tuple(os.open(one / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC) for one in folders)
        except OSError as error:
            raise InfrastructureError(f"no control group can be made for a box: {error}") from error
        group = Group(memory_bytes, folders, doors)
        self._all.append(group)
        return group


@cache
def place() -> Place | str:
    """Where this process can make groups, or a sentence that says why it cannot. Found out once."""
    try:
        found = _find(_own_groups(), _mounts())
        if isinstance(found, Place):
            _try(found)
            _sweep(found)
    except OSError as error:
        return f"control groups cannot be made here: {error.strerror}"
    return found


def _find(own: Mapping[str, str], mounts: Mapping[str, tuple[str, str]]) -> Place | str:
    """`own` has this process's path per controller ("" for v2), `mounts` where each hierarchy is seen."""
    folders = {name: _seen(own[name], *mounts[name]) for name in own if name in mounts}
    v1 = [folder for name in _CONTROLLERS if (folder := folders.get(name))]
    if len(v1) == len(_CONTROLLERS):
        return Place(1, tuple(dict.fromkeys(v1)))
    v2 = folders.get("")
    return _of_v2(v2) if v2 else "no control groups with memory and pids are mounted here"


def _of_v2(own: Path) -> Place | str:
    """Version 2 allows groups only beside processes, not below them, unless it is the root."""
    parent = own.parent if own.name == _LEAF else own
    if not set(_CONTROLLERS) <= set(_words(parent / "cgroup.controllers")):
        return f"the control group {parent.name or '/'} has no memory and pids controllers"
    if set(_CONTROLLERS) <= set(_words(parent / "cgroup.subtree_control")):
        return Place(2, (parent,))
    if not _delegated(parent):
        return "this process's control group is not delegated to it (systemd: Delegate=yes)"
    leaf = parent / _LEAF
    leaf.mkdir(exist_ok=True)
    for pid in _words(parent / "cgroup.procs"):
        (leaf / "cgroup.procs").write_text(pid)
    (parent / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in _CONTROLLERS))
    return Place(2, (parent,))


def _delegated(folder: Path) -> bool:
    for name in _DELEGATED:
        with contextlib.suppress(OSError):
            return os.getxattr(folder, name) == b"1"
    return False


def _try(found: Place) -> None:
    groups = Groups(found)
    try:
        groups._make(64 << 20)
    except InfrastructureError as error:
        raise error.__cause__ or error from None
    finally:
        groups.close()


def _sweep(found: Place) -> None:
    """Remove what judges left that were killed."""
    for parent in found.parents:
        for folder in parent.glob(f"{_MARK}[0-9]*-*"):
            judge = folder.name.removeprefix(_MARK).partition("-")[0]
            if not Path("/proc", judge).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _own_groups() -> dict[str, str]:
    lines = (line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines())
    return {name: path for _, names, path in lines for name in names.split(",")}


def _mounts() -> dict[str, tuple[str, str]]:
    """(the path that is its root, where it is mounted) of each hierarchy; "" is version 2."""
    found = {}
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        root, target = before.split()[3:5]
        kind, _, options = after.split()
        names = [""] if kind == "cgroup2" else options.split(",") if kind == "cgroup" else []
        found.update(dict.fromkeys(names, (root, target)))
    return found


def _seen(path: str, root: str, target: str) -> Path | None:
    """Where a group is seen when what lies at `root` is mounted at `target`."""
    if not Path(path).is_relative_to(root) or ".." in Path(path).parts:  # outside of this cgroup namespace
        return None
    return Path(target, Path(path).relative_to(root))


def _words(file: Path) -> list[str]:
    return file.read_text().split()
