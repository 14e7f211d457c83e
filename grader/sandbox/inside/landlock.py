"""The Landlock rules of a box: read the tree, write to the scratch directory, nothing else."""

from __future__ import annotations

import os

from . import kernel

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15

_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE


def build(abi: int, *, readable: tuple[str, ...], writable: str, devices: tuple[str, ...] = ()) -> int | None:
    """A ruleset's descriptor for everything this kernel's ABI can deny; None without Landlock."""
    if not abi:
        return None
    # what a right is called is fixed; how many there are grows with the ABI
    files = _files(abi)
    net = 0b11 if abi >= 4 else 0  # bind and connect TCP
    scope = 0b11 if abi >= 6 else 0  # abstract unix sockets and signals
    ruleset = kernel.landlock_create(files, net, scope, size=8 if abi < 4 else 16 if abi < 6 else 24)
    for path in readable:
        kernel.landlock_allow(ruleset, path, _READ if os.path.isdir(path) else _READ_FILE)
    kernel.landlock_allow(ruleset, writable, _WRITE & files)
    kernel.landlock_allow(ruleset, "/dev/null", (_READ_FILE | _WRITE_FILE | _TRUNCATE) & files)
    for path in devices:
        kernel.landlock_allow(ruleset, path, (_READ_FILE | _WRITE_FILE | _IOCTL_DEVICE) & files)
    return ruleset


def allow_processes(abi: int, ruleset: int, proc: str) -> int:
    """Open what CUDA's driver looks at in a /proc that was mounted after the ruleset was built.

    It reads its own maps and writes the names of its threads; of the rest it reads what is about itself.
    """
    own = (_READ | _WRITE_FILE | _TRUNCATE) & _files(abi)
    kernel.landlock_allow(ruleset, f"{proc}/self", own)
    for path in (f"{proc}/driver", f"{proc}/devices", f"{proc}/cpuinfo", f"{proc}/meminfo"):
        if os.path.exists(path):
            kernel.landlock_allow(ruleset, path, _READ if os.path.isdir(path) else _READ_FILE)
    return 0


def _files(abi: int) -> int:
    """All rights on files that an ABI knows."""
    return (1 << (13 if abi < 2 else 14 if abi < 3 else 15 if abi < 5 else 16)) - 1
