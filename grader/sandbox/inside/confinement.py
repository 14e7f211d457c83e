"""How a freshly forked box gives up everything it does not need, in the order that the kernel demands."""

from __future__ import annotations

import fcntl
import os
import random
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass

import numpy as np

from . import kernel, landlock
from .orders import Order

CHANNEL = 3  # the descriptor of the box's socket, once everything else is closed
_MAX_DESCRIPTORS = 2**20
_ABOVE = 16  # any number past the four that are kept


@dataclass(frozen=True)
class Means:
    """What the template prepared once for all its boxes."""

    namespaces: bool
    user: int | None  # the id to become; None where there is only one
    filter: kernel.Filter
    landlock_abi: int
    readable: tuple[str, ...]
    null: int  # descriptor of /dev/null
    scratch: str  # where each box's own tmpfs is mounted, or its own directory lies


def confine(order: Order, means: Means, *, channel: int, output: int) -> None:
    """Confine this process for good. Raises OSError with the step's name; then no code may be received."""
    scratch = means.scratch
    if means.namespaces:
        kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
        options = f"size={order.disk_bytes},nr_inodes={order.inodes},mode=700"
        if means.user is not None:
            options += f",uid={means.user},gid={means.user}"
        kernel.mount(
            "tmpfs", scratch, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, options
        )
    else:
        scratch = f"{scratch}/{order.box:x}"
        os.mkdir(scratch, 0o700)
        os.environ["TMPDIR"] = os.environ["HOME"] = tempfile.tempdir = scratch
    os.chdir(scratch)
    _move_descriptors(channel, output, means.null)
    ruleset = landlock.build(means.landlock_abi, readable=means.readable, writable=scratch)
    _bound_resources(order)
    os.setsid()
    if means.user is not None:
        os.setresgid(means.user, means.user, means.user)
        os.setresuid(means.user, means.user, means.user)
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.no_new_privileges()
    if ruleset is not None:
        kernel.landlock_restrict(ruleset)
    os.closerange(CHANNEL + 1, _MAX_DESCRIPTORS)
    _reseed(order.seed)
    kernel.install_filter(means.filter)


def _move_descriptors(channel: int, output: int, null: int) -> None:
    """0 reads nothing, 1 and 2 are the output pipe, 3 the socket."""
    # duplicates above all targets first, so that no target overwrites a source
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for fd in (null, output, channel)]
    for target, fd in enumerate((high[0], high[1], high[1], high[2])):
        os.dup2(fd, target)


def _bound_resources(order: Order) -> None:
    for kind, value in (
        (resource.RLIMIT_DATA, order.data_bytes),
        (resource.RLIMIT_AS, order.space_bytes),
        (resource.RLIMIT_CPU, order.cpu_seconds),
        (resource.RLIMIT_FSIZE, order.disk_bytes),
        (resource.RLIMIT_NOFILE, order.descriptors),
        (resource.RLIMIT_STACK, order.stack_bytes),
        (resource.RLIMIT_NPROC, 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))


def _reseed(seed: int) -> None:
    """Boxes of one template would otherwise draw the same numbers, and each the next one's."""
    random.seed(seed)
    np.random.seed(seed & 0xFFFFFFFF)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.default_generator.manual_seed(seed & (2**63 - 1))
