"""Escapes that the doctor tries from inside a box, one per layer; each must fail, and in the right way."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from typing import Final

from grader.outcome import Outcome
from grader.sandbox.limits import Limits

_SYSCALL = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
_X32_GETPID: Final = 0x40000000 | 39
# mov eax, 20 (getpid); int 0x80; ret
_INT80 = r"b'\xb8\x14\x00\x00\x00\xcd\x80\xc3'"


@dataclass(frozen=True)
class Probe:
    """A program whose end says whether a layer holds."""

    layer: str
    tries: str  # completes "tries to ..."
    source: str
    held: tuple[str, ...]  # outcomes, exceptions, or "answer": the program finds out for itself and asserts
    cure: str
    limits: Limits = field(
        default_factory=lambda: Limits(cpu_s=2, wall_s=4, memory_mb=64, disk_mb=1, inodes=16)
    )
    namespaces: bool = False  # not to be had at the reduced level
    only: str = ""  # processor architecture


_NAMESPACES_CURE = "Allow unprivileged user namespaces, or use the compose file."
_SECCOMP_CURE = "Use a kernel with CONFIG_SECCOMP_FILTER, and install libseccomp."
_LANDLOCK_CURE = "Use Linux 5.13 or later, with landlock among the kernel's lsm= modules."
_OURS_CURE = "This is a defect of the sandbox: do not grade here, and report it."

PROBES: Final = (
    Probe(
        layer="pid namespace",
        tries="see or signal other processes",
        source="import os\nassert (os.getpid(), os.getppid()) == (1, 0), (os.getpid(), os.getppid())\n",
        held=("answer",),
        cure=_NAMESPACES_CURE,
        namespaces=True,
    ),
    Probe(
        layer="mount namespace and pivot_root",
        tries="read the host's files",
        source="open('/etc/passwd').read()\n",
        held=("FileNotFoundError", "PermissionError"),
        cure=_NAMESPACES_CURE,
    ),
    Probe(
        layer="no /proc",
        tries="read its own and others' memory",
        source="open('/proc/self/mem', 'rb')\n",
        held=("FileNotFoundError", "PermissionError"),
        cure=_NAMESPACES_CURE,
    ),
    Probe(
        layer="read-only tree",
        tries="write beside its directory",
        source="open('/nabla-escape', 'w')\n",
        held=("OSError", "PermissionError"),
        cure=_NAMESPACES_CURE,
    ),
    Probe(
        layer="network namespace and sockets",
        tries="open sockets of every family",
        source="import socket\nfor family in range(46):\n"
        "    for kind in (1, 2, 3, 5):\n"
        "        try:\n            socket.socket(family, kind)\n"
        "        except PermissionError:\n            continue\n"
        "        raise SystemError(family)\n"
        "socket.create_connection(('127.0.0.1', 80))\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="ipc and uts namespaces",
        tries="learn the host's name",
        source="import os\nassert os.uname().nodename == 'box', 'the host is ' + os.uname().nodename\n",
        held=("answer",),
        cure=_NAMESPACES_CURE,
        namespaces=True,
    ),
    Probe(
        layer="seccomp: ptrace",
        tries="trace a process",
        source=_SYSCALL + "libc.ptrace(0, 0, 0, 0)\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="seccomp: mount",
        tries="mount a file system",
        source=_SYSCALL + "libc.mount(b'none', b'/work', b'tmpfs', 0, None)\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="seccomp: namespaces",
        tries="make a user namespace",
        source=_SYSCALL + "libc.unshare(0x10000000)\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="seccomp: programs",
        tries="execute a program",
        source="import os, sys\nos.execv(sys.executable or '/bin/sh', ['sh'])\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="seccomp: x32 calls",
        tries="call the kernel by its second 64-bit interface",
        source=_SYSCALL + f"libc.syscall({_X32_GETPID})\n",
        held=(Outcome.FORBIDDEN,),
        cure=_SECCOMP_CURE,
        only="x86_64",
    ),
    Probe(
        layer="seccomp: 32-bit calls",
        tries="call the kernel by its 32-bit interface",
        source="import ctypes, mmap\n"
        "page = mmap.mmap(-1, 4096, prot=7, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
        f"page.write({_INT80})\n"
        "address = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "ctypes.CFUNCTYPE(ctypes.c_int)(address)()\n",
        held=(Outcome.FORBIDDEN, Outcome.CRASHED),
        cure=_SECCOMP_CURE,
        only="x86_64",
    ),
    Probe(
        layer="Landlock",
        tries="write to a device that its permissions allow",
        source="import os\nos.open('/dev/urandom', os.O_WRONLY)\n",
        held=("PermissionError",),
        cure=_LANDLOCK_CURE,
    ),
    Probe(
        layer="rlimits",
        tries="raise its own limits",
        source="import resource as r\n"
        "assert r.getrlimit(r.RLIMIT_CORE) == (0, 0) and r.getrlimit(r.RLIMIT_NPROC)[1] == 1\n"
        "r.setrlimit(r.RLIMIT_CORE, (0, 0))\n",
        held=(Outcome.FORBIDDEN, "ValueError"),
        cure=_OURS_CURE,
    ),
    Probe(
        layer="processes",
        tries="fork",
        source="import os\nos.fork()\n",
        held=(Outcome.PROCESS_LIMIT,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="threads",
        tries="start a thread",
        source="import threading\nthreading.Thread(target=print).start()\n",
        held=(Outcome.PROCESS_LIMIT,),
        cure=_SECCOMP_CURE,
    ),
    Probe(
        layer="memory",
        tries="take more memory than it may",
        source="kept = []\nwhile True: kept.append(bytearray(1 << 20))\n",
        held=(Outcome.MEMORY_LIMIT,),
        cure=_OURS_CURE,
    ),
    Probe(
        layer="disk",
        tries="fill the disk",
        source="for n in range(9):\n    with open(str(n), 'wb') as file: file.write(bytes(1 << 18))\n",
        held=(Outcome.DISK_LIMIT,),
        cure=_NAMESPACES_CURE,
        namespaces=True,
    ),
    Probe(
        layer="inodes",
        tries="make a million files",
        source="for n in range(10**6): open(str(n), 'w').close()\n",
        held=(Outcome.FILE_LIMIT,),
        cure=_NAMESPACES_CURE,
        namespaces=True,
    ),
    Probe(
        layer="open files",
        tries="open a million files",
        source="kept = [open('/dev/null') for _ in range(10**6)]\n",
        held=(Outcome.DESCRIPTOR_LIMIT,),
        cure=_OURS_CURE,
    ),
    Probe(
        layer="processor time",
        tries="loop for ever",
        source="while True: pass\n",
        held=(Outcome.CPU_LIMIT,),
        cure=_OURS_CURE,
        limits=Limits(cpu_s=0.2, load_s=5),
    ),
    Probe(
        layer="descriptors and environment",
        tries="find what the judge left open or set",
        source="import os\nleft = []\nfor fd in range(6, 64):\n"
        "    try:\n        os.fstat(fd)\n        left.append(fd)\n"
        "    except OSError:\n        pass\n"
        "known = {'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'OMP_THREAD_LIMIT',\n"
        "         'PYTHONHASHSEED', 'LANG', 'PATH', 'TMPDIR', 'HOME'}\n"
        "assert not left and not set(os.environ) - known, (left, list(os.environ))\n",
        held=("answer",),
        cure=_OURS_CURE,
    ),
    Probe(
        layer="no torch in the numpy runtime",
        tries="import torch where a gradient is to be derived",
        source="import torch\n",
        held=("ModuleNotFoundError",),
        cure=_OURS_CURE,
    ),
)


def applies(probe: Probe, *, namespaces: bool) -> bool:
    """Whether a probe makes sense on this processor and at this level."""
    return (namespaces or not probe.namespaces) and probe.only in ("", platform.machine())
