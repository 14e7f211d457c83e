"""How a freshly forked box gives up everything it does not need, in the order that the kernel demands."""

from __future__ import annotations

import base64
import os
import random
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from . import kernel, landlock
from .kernel import Step
from .namespaces import BOX_ID
from .orders import DEVICE_THREADS, KEPT, OUTPUT, Order
from .tree import HOST_PROC

_STACK_BYTES = 16 << 20
_PROC = "/proc"


@dataclass(frozen=True)
class Means:
    """What the template prepared once for all its boxes."""

    namespaces: bool
    user: int | None  # the id to become; None where there is only one
    landlock_abi: int
    ruleset: int | None  # Landlock's, where all boxes write at the same path
    readable: tuple[str, ...]
    devices: tuple[str, ...]  # nodes that boxes may use
    scratch: str  # where each box's own tmpfs is mounted, or its own directory lies
    before: tuple[Step, ...]  # the steps up to Landlock that are the same for all boxes
    after: tuple[Step, ...]  # and those that follow it

    @property
    def shared(self) -> bool:
        """Whether boxes with equal bounds and descriptors take the same steps."""
        return self.namespaces and not self.devices


def prepare(config: Mapping[str, Any], *, last: tuple[Step, ...]) -> Means:
    """The means of a template; `last` are the steps that a box takes once it is confined."""
    abi, readable, scratch = kernel.landlock_abi(), tuple(config["readable"]), config["scratch"]
    namespaces = config["namespaces"]
    # every box mounts its own file system there, and the rule for the directory above holds for all of them
    above = os.path.dirname(scratch)
    devices = tuple(config["devices"])
    ruleset = None
    if namespaces and not devices:
        ruleset = landlock.build(abi, readable=readable, writable=above)
    kernel.take(tuple(_inherited_steps()))
    user = BOX_ID if config["privileged"] else None
    program = kernel.Filter.of(base64.b64decode(config["filter"]))
    return Means(
        namespaces=namespaces,
        user=user,
        landlock_abi=abi,
        ruleset=ruleset,
        readable=readable,
        devices=devices,
        scratch=scratch,
        before=tuple(_steps_before(user, with_device=bool(devices))),
        after=(
            kernel.step_close_from(KEPT[-1] + 1),
            kernel.step_filter(program),
            *last,
        ),
    )


def _inherited_steps() -> Iterator[Step]:
    """What the template itself can do without, and every box inherits."""
    for kind, value in (
        (resource.RLIMIT_STACK, _STACK_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        # signals that wait are counted for the judge's user, too: it could make no timers
        (resource.RLIMIT_SIGPENDING, 0),
    ):
        yield kernel.step_limit(kind, value)
    yield kernel.step_clear_ambient()
    yield kernel.step_prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def _steps_before(user: int | None, *, with_device: bool) -> Iterator[Step]:
    yield kernel.step_limit(resource.RLIMIT_NPROC, DEVICE_THREADS if with_device else 1)
    yield kernel.step_new_session()
    if user is not None:
        yield from kernel.step_become(user)
    yield kernel.step_drop_capabilities()
    # else its files in /proc are root's, and the driver could not write there
    yield kernel.step_prctl(kernel.PR_SET_DUMPABLE, int(with_device))
    yield kernel.step_prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def plan(order: Order, means: Means, given: Sequence[int]) -> tuple[list[Step], list[int]]:
    """The steps by which the next process to be forked confines itself for good, and descriptors for them.

    No code may be received before all steps were taken. The template closes the descriptors after the fork.
    """
    scratch, ruleset = _scratch(order, means)
    held = [*given]
    if ruleset is not None and ruleset != means.ruleset:
        held.append(ruleset)
    steps = [
        *(kernel.step_dup2(fd, target) for fd, target in zip(given, KEPT, strict=True)),
        kernel.step_dup2(given[KEPT.index(OUTPUT)], OUTPUT + 1),
        *kernel.step_own_null(),
        *scratch,
        kernel.step_limit(resource.RLIMIT_DATA, order.data_bytes),
        kernel.step_limit(resource.RLIMIT_AS, order.space_bytes),
        kernel.step_limit(resource.RLIMIT_CPU, order.cpu_seconds),
        kernel.step_limit(resource.RLIMIT_FSIZE, order.file_bytes),
        kernel.step_limit(resource.RLIMIT_NOFILE, order.descriptors),
        *means.before,
    ]
    if ruleset is not None:
        steps.append(kernel.step_restrict(ruleset, abi=means.landlock_abi))
    return [*steps, *means.after], held


def _scratch(order: Order, means: Means) -> tuple[list[Step], int | None]:
    """How the only writable place comes about, and the Landlock ruleset that says so."""
    if means.namespaces:
        ruleset, processes = _processes(means) if means.devices else (means.ruleset, ())
        options = f"size={order.disk_bytes},nr_inodes={order.inodes},mode=700"
        if means.user is not None:
            options += f",uid={means.user},gid={means.user}"
        return [
            kernel.step_mount_tmpfs(means.scratch, options),
            kernel.step_chdir(means.scratch),
            *processes,
        ], ruleset
    scratch = f"{means.scratch}/{order.box:x}"
    os.mkdir(scratch, 0o700)
    os.environ["TMPDIR"] = os.environ["HOME"] = tempfile.tempdir = scratch
    ruleset = landlock.build(means.landlock_abi, readable=means.readable, writable=scratch)
    return [kernel.step_chdir(scratch)], ruleset


def _processes(means: Means) -> tuple[int | None, tuple[Step, ...]]:
    """A ruleset of a box's own, and the steps by which it gets the /proc that its driver needs."""
    ruleset = landlock.build(
        means.landlock_abi,
        readable=means.readable,
        writable=os.path.dirname(means.scratch),
        devices=means.devices,
    )
    steps: tuple[Step, ...] = (
        kernel.step_mount_proc(_PROC),
        kernel.step_mount_tmpfs(HOST_PROC, "size=4k,mode=0"),  # over the host's
    )
    if ruleset is not None:
        steps += (("landlock /proc", partial(landlock.allow_processes, means.landlock_abi, ruleset, _PROC)),)
    return ruleset, steps


def seed_generators(seed: int) -> None:
    """Seed those that boxes inherit: they would otherwise draw the same numbers, and each the next one's."""
    random.seed(seed)
    np.random.seed(seed & 0xFFFFFFFF)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.default_generator.manual_seed(seed & (2**63 - 1))
