"""The warm process that boxes are forked from. It never sees a byte of a student's, nor of an author's.

It imports one runtime inside the namespaces and the tree that its boxes share, and then does three things:
fork at an order, report an end, and die when its judge does.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from typing import Any

from . import kernel
from .namespaces import BOX_ID, leave_host
from .orders import ORDER_SIZE, News, Order, Report, Work
from .tree import INSIDE, Tree

FAULT = b"fault "  # before READY a template may say in words why it gives up
_CONFIG_BYTES = 1 << 18


def main(fd: int) -> None:
    """Become warm, fork boxes, and in each of them live its life."""
    birth = _serve(fd)
    # only a box comes here, and no frame of the template's but this one is below it
    from . import box

    box.live(*birth)


def _serve(fd: int) -> tuple[Any, ...]:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=fd)
    try:
        config = json.loads(control.recv(_CONFIG_BYTES))
        proc = _settle(control, config)
        nursery = _Nursery(control, proc, config)
        control.send(_warm_up(proc, config).pack())
    except Exception as error:  # noqa: BLE001  whatever it is, the judge must hear it
        control.send(FAULT + f"{type(error).__name__}: {error}".encode()[:2000])
        os._exit(1)
    return nursery.serve()


def _settle(control: socket.socket, config: dict[str, Any]) -> int:
    """Leave the host where that is to be; import from the tree from now on."""
    stdlib = [path for path in sys.path[1:] if os.path.exists(path)]
    if not config["namespaces"]:
        sys.path[:] = [*stdlib, config["site"]]
        return os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    tree = Tree(
        binds=tuple(map(tuple, config["binds"])),
        links=tuple(map(tuple, config["links"])),
        masks=tuple(config["masks"]),
    )
    proc = leave_host(control, tree=tree, privileged=config["privileged"])
    sys.path[:] = [*stdlib, config["site"]]
    # this package's own files are at another path now
    sys.modules[__package__ or "inside"].__path__ = [INSIDE + "/inside"]
    return proc


def _warm_up(proc: int, config: dict[str, Any]) -> Report:
    from . import box, warmth  # needs numpy, so only here

    del box
    with warmth.scratch(config["scratch"], own=config["namespaces"]):
        warmth.warm(config["runtime"])
    os.environ["TMPDIR"] = os.environ["HOME"] = config["scratch"]
    sys.stdout.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    kernel.drop_bounding_set()
    gc.collect()
    gc.freeze()
    warmth.collapse_pages(proc)
    status = warmth.read_status(proc)
    os.close(proc)
    if status["Threads"] != 1:
        raise RuntimeError(f"{status['Threads']} threads in a template: forked boxes would hang")
    return Report(News.READY, first_kib=status["VmData"], second_kib=status["VmSize"])


class _Nursery:
    """Forks boxes and reports how they end."""

    def __init__(self, control: socket.socket, proc: int, config: dict[str, Any]) -> None:
        self.control = control
        self.own = os.open("self/ns/pid", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)
        self.config = config
        self.boxes: dict[int, tuple[int, int]] = {}  # pidfd: (pid, box)

    def serve(self) -> tuple[Any, ...]:
        """Answer orders for ever; returns in each box, with what `box.live` needs."""
        from .confinement import Means

        means = Means(
            namespaces=self.config["namespaces"],
            user=BOX_ID if self.config["privileged"] else None,
            filter=kernel.Filter.of(base64.b64decode(self.config["filter"])),
            landlock_abi=kernel.landlock_abi(),
            readable=tuple(self.config["readable"]),
            null=os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC),
            scratch=self.config["scratch"],
        )
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        while True:
            for fd, _ in poll.poll():
                if fd in self.boxes:
                    poll.unregister(fd)
                    self._bury(fd)
                    continue
                order, *ends = self._next_order()
                if order.work is Work.BARE:
                    self._fork_bare()
                    continue
                born = self._fork(order, *ends)
                if born is None:
                    return (order, means, *ends)
                poll.register(born, select.POLLIN)

    def _next_order(self) -> tuple[Any, ...]:
        data, fds, _, _ = socket.recv_fds(self.control, ORDER_SIZE, 2)
        if len(data) != ORDER_SIZE:
            os._exit(0)  # the judge is gone; the kernel ends every box with the first process here
        return (Order.unpack(data), *fds)

    def _fork_bare(self) -> None:
        start = time.perf_counter_ns()
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        taken = (time.perf_counter_ns() - start) // 1000
        self.control.send(Report(News.BARE, us=taken).pack())

    def _fork(self, order: Order, channel: int, output: int) -> int | None:
        """The pidfd of the new box; None in the box itself."""
        if self.config["namespaces"]:
            kernel.unshare(kernel.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            return None
        if self.config["namespaces"]:
            kernel.setns(self.own, kernel.CLONE_NEWPID)
        pidfd = os.pidfd_open(pid)
        self.boxes[pidfd] = (pid, order.box)
        socket.send_fds(self.control, [Report(News.STARTED, box=order.box).pack()], [pidfd])
        os.close(channel)
        os.close(output)
        return pidfd

    def _bury(self, pidfd: int) -> None:
        pid, box = self.boxes.pop(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        spent = int((usage.ru_utime + usage.ru_stime) * 1e6)
        report = Report(News.ENDED, status=status, box=box, us=spent, first_kib=usage.ru_maxrss)
        self.control.send(report.pack())
