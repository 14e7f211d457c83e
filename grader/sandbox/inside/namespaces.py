"""How a template leaves the host: user, pid, net, uts, ipc and mount namespaces, and the tree."""

from __future__ import annotations

import os
import signal
import socket
from typing import NoReturn

from . import kernel
from .tree import Tree, enter

_ALL = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWNS
)
OF_A_BOX = kernel.CLONE_NEWPID | kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC
MAP_PLEASE = b"map"
MAPPED = b"mapped"
BOX_ID = 1000


def leave_host(control: socket.socket, *, tree: Tree, privileged: bool) -> int:
    """Return in the first process of a new pid namespace, with a descriptor of the host's /proc.

    A privileged judge maps one host id for the template (0 inside) and another for boxes (1000 inside);
    an unprivileged process may map only itself (1000 inside, with every capability in its namespace).
    """
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    if privileged:
        os.setgroups([])
        kernel.unshare(kernel.CLONE_NEWNS)
        enter(tree)  # while the host's root may still read the interpreter wherever it lies
        kernel.unshare(_ALL)
        control.send(MAP_PLEASE)
        if control.recv(16) != MAPPED:
            raise OSError("the judge did not map ids")
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
    else:
        unshare_alone(proc, _ALL)
        enter(tree)
    kernel.sethostname("box")
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    child = os.fork()
    if child:
        _keep(child, control)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    return proc


def unshare_alone(proc: int, flags: int) -> None:
    """Leave for a new user namespace, and others, in which only this process's own ids exist."""
    uid, gid = os.getuid(), os.getgid()
    kernel.unshare(flags)
    _write(proc, "self/setgroups", "deny")
    _write(proc, "self/uid_map", f"{BOX_ID} {uid} 1")
    _write(proc, "self/gid_map", f"{BOX_ID} {gid} 1")


def _write(directory: int, path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=directory)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def _keep(child: int, control: socket.socket) -> NoReturn:
    """Wait for the template, which is the first process of its namespace, and end as it ended."""
    control.close()
    os.closerange(3, 256)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
