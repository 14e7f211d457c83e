"""The warm process that boxes are forked from. It never sees a byte of a student's, nor of an author's.

It imports one runtime inside the namespaces and the tree that its boxes share, and then does three things:
fork at an order, report an end, and die when its judge does.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from typing import Any

from . import kernel, pages
from .namespaces import OF_A_BOX, leave_host
from .orders import BOUNDS, IDENTITY, KEPT, ORDER_SIZE, News, Order, Report, Work, report
from .tree import INSIDE, Tree

FAULT = b"fault "  # before READY a template may say in words why it gives up
_CONFIG_BYTES = 1 << 18
_PLANS = 64  # that are kept
_GIVEN = struct.Struct(f"{len(KEPT)}i")
_FD = struct.Struct("i")
# as plain numbers: a member of an enumeration is looked up slowly, and through many pages
_BARE, _STARTED, _ENDED = int(Work.BARE), int(News.STARTED), int(News.ENDED)
_ANCILLARY_BYTES = socket.CMSG_LEN(_GIVEN.size)


def main(fd: int) -> None:
    """Become warm, fork boxes, and in each of them live its life."""
    live, *birth = _serve(fd)
    # only a box comes here, and no frame of the template's but this one is below it
    live(*birth)


def _serve(fd: int) -> tuple[Any, ...]:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    _offer_memory()
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=_moved_up(fd))
    try:
        config = json.loads(control.recv(_CONFIG_BYTES))
        proc = _leave_host(control, config)
        _warm_up(config, proc)
        pages.inherit_code(proc, below=f"{config['site']}/torch/")
        nursery = _Nursery(control, config)
        control.send(_freeze(proc).pack())
    except Exception as error:  # noqa: BLE001  whatever it is, the judge must hear it
        control.send(FAULT + f"{type(error).__name__}: {error}".encode()[:2000])
        os._exit(1)
    _kept.extend((nursery, config))
    return nursery.serve()


def _offer_memory() -> None:
    """Be what the kernel ends first, with all boxes, when the host's memory is short: not the judge."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


_kept: list[Any] = []  # a box frees nothing of the template's: that would write to pages, and so copy them


def _moved_up(fd: int) -> int:
    """`fd` above those that boxes use, which from now on are occupied: nothing is received in their place."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, KEPT[-1] + 1)
    os.close(fd)
    null = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
    for target in range(KEPT[-1] + 1):
        if target != null:
            os.dup2(null, target, inheritable=False)
    return moved


def _leave_host(control: socket.socket, config: dict[str, Any]) -> int:
    """Leave the host where that is to be; import from the tree from now on."""
    stdlib = [path for path in sys.path[1:] if os.path.exists(path)]
    if not config["namespaces"]:
        sys.path[:] = [*stdlib, config["site"]]
        return os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    tree = Tree(
        binds=tuple(map(tuple, config["binds"])),
        links=tuple(map(tuple, config["links"])),
        masks=tuple(config["masks"]),
        processes=bool(config["devices"]),
    )
    proc = leave_host(control, tree=tree, privileged=config["privileged"])
    sys.path[:] = [*stdlib, config["site"]]
    # this package's own files are at another path now
    sys.modules[__package__ or "inside"].__path__ = [INSIDE + "/inside"]
    return proc


def _warm_up(config: dict[str, Any], proc: int) -> None:
    from . import warmth  # needs numpy, so only here

    with warmth.surroundings(config["scratch"], proc, own=config["namespaces"]):
        warmth.warm(config["runtime"])
    os.environ["TMPDIR"] = os.environ["HOME"] = config["scratch"]
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    kernel.drop_bounding_set()
    # else nobody could ask for the mounts of a box; each box takes this back for itself
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def _freeze(proc: int) -> Report:
    """Make what there is cheap to fork, and measure it."""
    from . import warmth

    pages.fill_holes()
    gc.freeze()
    pages.collapse(proc)
    status = warmth.read_status(proc)
    os.close(proc)
    if status["Threads"] != 1:
        raise RuntimeError(f"{status['Threads']} threads in a template: forked boxes would hang")
    return Report(
        News.READY, memory_kib=_memory_of_child(), data_kib=status["VmData"], space_kib=status["VmSize"]
    )


def _memory_of_child() -> int:
    """Peak memory in KiB of a process that is forked and does nothing."""
    pid, pidfd = kernel.Clone(0)()
    if pid == 0:
        os._exit(0)
    os.close(pidfd)
    return os.wait4(pid, 0)[2].ru_maxrss


class _Nursery:
    """Forks boxes and reports how they end.

    After a fork each page that either side writes to is copied, and Python writes to whatever it looks at: so
    little happens here between an order and the fork, and what was made for one box serves the next.
    """

    def __init__(self, control: socket.socket, config: dict[str, Any]) -> None:
        pages.fill_holes()
        from . import box, confinement  # they need numpy; imported last they lie close together

        self.control = control
        self.live, self.plan, self.seed = box.live, confinement.plan, confinement.seed_generators
        self.seeded = False
        self.clone = kernel.Clone(OF_A_BOX if config["namespaces"] else 0)
        self.poll = select.poll()
        self.reap = kernel.Reaper()
        self.boxes: dict[int, tuple[int, int, int | None]] = {}  # pidfd: (pid, box, its mounts)
        self.holds_mounts = config["namespaces"]
        self.plans: dict[bytes, tuple[list[kernel.Step], list[int]]] = {}
        box.rehearse(config["runtime"])
        pages.fill_holes()
        self.means = confinement.prepare(config, last=box.last_steps(config["torch_device"]))
        self.unborn = box.unborn(config["torch_device"])

    def serve(self) -> tuple[Any, ...]:
        """Answer orders for ever; returns in each box, with `box.live` and what it needs."""
        self.poll.register(self.control, select.POLLIN)
        while True:
            for fd, _ in self.poll.poll():
                if fd in self.boxes:
                    self.poll.unregister(fd)
                    self._bury(fd)
                    continue
                data, given = self._next_order()
                if data[0] == _BARE:
                    self._fork_bare()
                    continue
                steps, held = self._planned(data, given)
                (box,) = IDENTITY.unpack_from(data)
                self._seed_the_next()
                self.seeded = False
                pid, pidfd = self.clone()
                if pid == 0:
                    return (self.live, self.unborn, steps)
                # the box has so far only been born, and cannot be looked into for long
                mounts = kernel.hold_mounts(pidfd) if self.holds_mounts else None
                self._announce(box, pidfd)
                self.boxes[pidfd] = (pid, box, mounts)
                self.poll.register(pidfd, select.POLLIN)
                for one in held:
                    os.close(one)

    def _next_order(self) -> tuple[bytes, bytes]:
        """An order as it is, and the numbers of its descriptors as the kernel wrote them."""
        data, ancillary, _, _ = self.control.recvmsg(ORDER_SIZE, _ANCILLARY_BYTES)
        if len(data) != ORDER_SIZE:
            os._exit(0)  # the judge is gone; the kernel ends every box with the first process here
        return data, ancillary[0][2] if ancillary else b""

    def _seed_the_next(self) -> None:
        """With a number that no box before it knows; mostly when a box has ended, and nobody waits."""
        if not self.seeded:
            self.seed(int.from_bytes(os.urandom(8), "little"))
            self.seeded = True

    def _planned(self, data: bytes, given: bytes) -> tuple[list[kernel.Step], list[int]]:
        """The steps of a box, and the descriptors to close when it is forked."""
        key = data[BOUNDS:] + given
        planned = self.plans.get(key)
        if planned is None:
            planned = self.plan(Order.unpack(data), self.means, _GIVEN.unpack(given))
            if self.means.shared and len(self.plans) < _PLANS:
                self.plans[key] = planned
        return planned

    def _announce(self, box: int, pidfd: int) -> None:
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, _FD.pack(pidfd))
        self.control.sendmsg((report(_STARTED, box),), (rights,))

    def _fork_bare(self) -> None:
        start = time.perf_counter_ns()
        pid = os.fork()  # Python's own, as any program would fork
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        taken = (time.perf_counter_ns() - start) // 1000
        self.control.send(Report(News.BARE, us=taken).pack())

    def _bury(self, pidfd: int) -> None:
        pid, box, mounts = self.boxes.pop(pidfd)
        os.close(pidfd)
        status, us, peak_kib = self.reap(pid)
        self.control.send(report(_ENDED, box, status, us, peak_kib))
        if mounts is not None:
            os.close(mounts)  # to take them down the kernel waits for all processors; nobody else has to
        self._seed_the_next()
