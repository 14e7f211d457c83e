"""Runtimes, and how much isolation a machine gives."""

from enum import IntEnum, StrEnum


class Runtime(StrEnum):
    """What a box can import beside the standard library."""

    NUMPY = "numpy"  # numpy alone: nothing that differentiates is in the tree
    TORCH = "torch"  # torch, what torch needs, and numpy


class Level(IntEnum):
    """Ordered: production needs SHARED_UID or better."""

    NONE = 0  # not even a seccomp filter: never grades
    REDUCED = 1  # no namespaces: seccomp without fork, Landlock, rlimits
    SHARED_UID = 2  # every layer, but boxes have the worker's host uid
    FULL = 3  # every layer

    @property
    def label(self) -> str:
        """As people and settings write it: "shared-uid"."""
        return self.name.lower().replace("_", "-")
