"""Run as a program: prints the first isolation step that fails on this machine, or an empty line."""

import errno
import importlib
import os
import sys
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

kernel: Any = importlib.import_module("inside.kernel")
namespaces: Any = importlib.import_module("inside.namespaces")
tree: Any = importlib.import_module("inside.tree")


def main() -> str:
    """The name of what is missing, with the kernel's reason; empty when nothing is."""
    try:
        kernel.install_filter(kernel.Filter.of(b""))
    except OSError as error:
        if error.errno != errno.EINVAL:  # an empty program is refused only where programs are known
            return f"seccomp filter ({error})"
    try:
        namespaces.unshare_alone(os.open("/proc", os.O_PATH), kernel.CLONE_NEWUSER)
    except OSError as error:
        return f"user namespace ({error})"
    try:
        _fork(kernel.Clone(namespaces.OF_A_BOX))
    except OSError as error:
        return f"pid, mount and ipc namespaces for each box ({error})"
    try:
        kernel.unshare(kernel.CLONE_NEWPID | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS)
    except OSError as error:
        return f"pid, net, ipc or uts namespace ({error})"
    try:
        kernel.unshare(kernel.CLONE_NEWNS)
        tree.enter(tree.Tree(binds=(("/dev/null", "/dev/null"),), links=(), masks=()))
    except OSError as error:
        return f"mount namespace ({error})"
    return ""


def _fork(clone: Any) -> None:
    pid, _ = clone()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    print(main())
