"""The kernel calls that Python 3.11 does not wrap; each raises OSError with the step's name."""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import platform
import resource
import signal
import struct
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

CLONE_PIDFD: Final = 0x00001000
CLONE_NEWNS: Final = 0x00020000
CLONE_CHILD_CLEARTID: Final = 0x00200000
CLONE_CHILD_SETTID: Final = 0x01000000
CLONE_NEWUTS: Final = 0x04000000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000

MS_RDONLY: Final = 1
MS_NOSUID: Final = 2
MS_NODEV: Final = 4
MS_NOEXEC: Final = 8
MS_BIND: Final = 4096
MS_REC: Final = 16384
MS_PRIVATE: Final = 1 << 18
MNT_DETACH: Final = 2

MOUNT_ATTR_RDONLY: Final = 1
MOUNT_ATTR_NOSUID: Final = 2
_AT_FDCWD: Final = -100
_AT_RECURSIVE: Final = 0x8000

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
_PR_SET_SECCOMP: Final = 22
_PR_GET_TID_ADDRESS: Final = 40
_PR_CAPBSET_DROP: Final = 24
PR_SET_NO_NEW_PRIVS: Final = 38
_PR_CAP_AMBIENT: Final = 47
_PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
_SECCOMP_MODE_FILTER: Final = 2
_CAPABILITY_VERSION_3: Final = 0x20080522
_MAX_DESCRIPTORS: Final = 2**31 - 1

MADV_COLLAPSE: Final = 25

_USAGE: Final = struct.Struct("@5l")  # the beginning of struct rusage
_USAGE_BYTES: Final = struct.calcsize("@18l")

# calls without a libc wrapper; the newer ones have one number everywhere
_ARM: Final = platform.machine() == "aarch64"
_CLONE: Final = 220 if _ARM else 56
_PIVOT_ROOT: Final = 41 if _ARM else 155
_CAPSET: Final = 91 if _ARM else 126
_CLOSE_RANGE: Final = 436
_PIDFD_GET_MNT_NAMESPACE: Final = 0xFF03
_MOUNT_SETATTR: Final = 442
_LANDLOCK_CREATE: Final = 444
_LANDLOCK_ADD: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_LANDLOCK_LOG_SAME_EXEC_OFF: Final = 1
_LANDLOCK_LOGS: Final = 7  # the ABI from which on it does

_libc = ctypes.CDLL(None, use_errno=True)
_libpython = ctypes.PyDLL(None, use_errno=True)  # keeps the interpreter's lock during a call
_libc.syscall.restype = _libpython.syscall.restype = ctypes.c_long
_libc.mount.argtypes = (
    ctypes.c_char_p,
    ctypes.c_char_p,
    ctypes.c_char_p,
    ctypes.c_ulong,
    ctypes.c_char_p,
)
_libc.madvise.argtypes = _libc.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)


def _check(result: int, step: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{step}: {os.strerror(number)}")
    return result


class Clone:
    """clone(2) as libc's fork makes it, but with namespaces of the child's own, and its pidfd.

    Python's own fork runs hooks that put right what other threads held, and reseed `random`: they cost a warm
    process a millisecond of page copies. The caller has one thread, and reseeds by itself.
    """

    def __init__(self, namespaces: int) -> None:
        """Prepare it; `namespaces` are the CLONE_NEW flags."""
        self._pidfd = ctypes.c_int(-1)
        flags, thread = CLONE_PIDFD | namespaces | signal.SIGCHLD, _thread_id_address()
        if thread:
            flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID
        last = (None, thread) if _ARM else (thread, None)
        self._call = partial(_libpython.syscall, _CLONE, flags, None, ctypes.byref(self._pidfd), *last)

    def __call__(self) -> tuple[int, int]:
        """(its number, its pidfd); (0, -1) in the child."""
        pid = _check(self._call(), "clone")
        return pid, self._pidfd.value


def _thread_id_address() -> ctypes.c_void_p | None:
    """Where libc keeps the number of this thread, which the kernel should correct in a child."""
    address = ctypes.c_void_p()
    # without CONFIG_CHECKPOINT_RESTORE it cannot be asked: the child then has the wrong number for its
    # thread, which libc only compares with itself
    return address if _libc.prctl(_PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) == 0 else None


def hold_mounts(process: int) -> int | None:
    """A descriptor of the mount namespace of the process that a pidfd stands for.

    None where the kernel gives none (before Linux 6.11), or the process may not be looked into any more.
    """
    try:
        return fcntl.ioctl(process, _PIDFD_GET_MNT_NAMESPACE)
    except OSError:
        return None


class Reaper:
    """wait4(2) into memory that is made once; Python's own imports a module for what it returns."""

    def __init__(self) -> None:
        self._status = ctypes.c_int()
        self._usage = ctypes.create_string_buffer(_USAGE_BYTES)
        self._rest = (ctypes.byref(self._status), 0, self._usage)

    def __call__(self, pid: int) -> tuple[int, int, int]:
        """(wait status, microseconds of processor time, peak memory in KiB) of a child, once it has ended."""
        _check(_libpython.wait4(pid, *self._rest), "wait4")
        user_s, user_us, system_s, system_us, peak_kib = _USAGE.unpack_from(self._usage)
        status = self._status.value
        # every box inherits this memory, and is not to know how the one before it ended
        ctypes.memset(self._usage, 0, _USAGE_BYTES)
        self._status.value = 0
        return status, (user_s + system_s) * 1_000_000 + user_us + system_us, peak_kib


def unshare(flags: int) -> None:
    """Leave the given namespaces for new ones."""
    _check(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, data: str = "") -> None:
    """mount(2)."""
    _check(
        _libc.mount(source.encode(), target.encode(), kind and kind.encode(), flags, data.encode() or None),
        f"mount {target}",
    )


def make_readonly(target: str) -> None:
    """Make the mount at `target` and all below it read-only and nosuid (Linux 5.12)."""
    attributes = struct.pack("<QQQQ", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, 0, 0, 0)
    path = ctypes.c_char_p(target.encode())
    _check(
        _libc.syscall(_MOUNT_SETATTR, _AT_FDCWD, path, _AT_RECURSIVE, attributes, len(attributes)),
        "mount_setattr",
    )


def make_writable(target: str) -> None:
    """Take back `make_readonly` for the mount at `target` alone."""
    attributes = struct.pack("<QQQQ", 0, MOUNT_ATTR_RDONLY, 0, 0)
    path = ctypes.c_char_p(target.encode())
    _check(_libc.syscall(_MOUNT_SETATTR, _AT_FDCWD, path, 0, attributes, len(attributes)), "mount_setattr")


def pivot_root(new: str, old: str) -> None:
    """Exchange the root of this mount namespace."""
    _check(_libc.syscall(_PIVOT_ROOT, ctypes.c_char_p(new.encode()), ctypes.c_char_p(old.encode())), "pivot")


def detach(target: str) -> None:
    """umount2 with MNT_DETACH."""
    _check(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def sethostname(name: str) -> None:
    """sethostname(2)."""
    _check(_libc.sethostname(name.encode(), len(name)), "sethostname")


def prctl(option: int, value: int = 0) -> None:
    """prctl(2) with one argument."""
    _check(_libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def drop_bounding_set() -> None:
    """Give up, for ever, the capabilities that an exec could bring back."""
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break  # past the kernel's last one, or not ours to drop: there is no exec either way


class Filter(ctypes.Structure):
    """A seccomp BPF program (`struct sock_fprog`), made once and installed in each box."""

    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_char_p)]

    @classmethod
    def of(cls, program: bytes) -> Filter:
        """The filter whose instructions (`struct sock_filter`) follow one another in `program`."""
        return cls(len(program) // 8, program)


def install_filter(program: Filter) -> None:
    """Confine this process by a filter, for good."""
    _check(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0), "seccomp")


def landlock_abi() -> int:
    """Landlock's version here; 0 where there is none."""
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE, None, 0, 1)))


def landlock_create(files: int, net: int, scope: int, *, size: int) -> int:
    """A ruleset's descriptor; `size` is that of the attribute structure of the ABI in use."""
    attributes = struct.pack("<QQQ", files, net, scope)[:size]
    return _check(_libc.syscall(_LANDLOCK_CREATE, attributes, size, 0), "landlock_create_ruleset")


def landlock_allow(ruleset: int, path: str, access: int) -> None:
    """Allow `access` to everything beneath `path`."""
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("<Qi", access, fd)
        _check(_libc.syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0), f"landlock {path}")
    finally:
        os.close(fd)


def own_and_forget_code(start: int, length: int) -> None:
    """Make a page of executable memory this process's own for a moment, then forget what was read of it all.

    Nothing happens where the kernel does not let code become writable.
    """
    if _libc.mprotect(start, length, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC) == 0:
        ctypes.memmove(start, ctypes.string_at(start, 1), 1)  # what is there already
        _check(_libc.mprotect(start, length, mmap.PROT_READ | mmap.PROT_EXEC), "mprotect")
        _check(_libc.madvise(start, length, mmap.MADV_DONTNEED), "madvise")


def collapse(start: int, length: int) -> bool:
    """Back a range by huge pages (Linux 6.1); False where the kernel will not."""
    return int(_libc.madvise(start, length, MADV_COLLAPSE)) == 0


# Steps are calls with their arguments, prepared before a fork and made after it: a process that was just
# forked copies every page that it writes to, and Python writes to the reference counts of all it looks at.

Step = tuple[str, Callable[[], int]]  # its name, and the call; negative is failure


def take(steps: Sequence[Step]) -> None:
    """Make the calls in order; OSError with the name of the first that fails."""
    for step in steps:
        if step[1]() < 0:
            _check(-1, step[0])  # the names lie far apart: they are looked at only now


def rehearse(times: int) -> None:
    """Take so many steps that change nothing."""
    take((("getpid", partial(_libc.getpid)),) * times)


def step_mount_tmpfs(target: str, options: str) -> Step:
    """Mount an empty tmpfs: nosuid, nodev, noexec."""
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    return f"mount {target}", partial(
        _libc.mount, b"tmpfs", target.encode(), b"tmpfs", flags, options.encode()
    )


def step_mount_proc(target: str) -> Step:
    """Mount the processes of this pid namespace; needs a mount of the host's that nothing covers."""
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    return f"mount {target}", partial(
        _libc.mount, b"proc", target.encode(), b"proc", flags, b"hidepid=ptraceable"
    )


def step_chdir(path: str) -> Step:
    """chdir(2)."""
    return f"chdir {path}", partial(_libc.chdir, path.encode())


def step_dup2(source: int, target: int) -> Step:
    """dup2(2); the copy is inherited."""
    return f"dup2 {target}", partial(_libc.dup2, source, target)


def step_own_null() -> tuple[Step, Step]:
    """A /dev/null of its own as descriptor 0: the flags of one that it inherits are everybody's."""
    return (
        ("close 0", partial(_libc.close, 0)),
        ("open /dev/null", partial(_libc.open, b"/dev/null", os.O_RDWR)),
    )


def step_close_from(first: int) -> Step:
    """Close every descriptor from `first` on."""
    return "close_range", partial(_libc.syscall, _CLOSE_RANGE, first, _MAX_DESCRIPTORS, 0)


def step_limit(kind: int, value: int) -> Step:
    """Bound a resource for good; `value` as it is, or the machine's own bound where that is lower."""
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    return f"setrlimit {kind}", partial(_libc.setrlimit, kind, struct.pack("<QQ", bound, bound))


def step_new_session() -> Step:
    """setsid(2)."""
    return "setsid", _libc.setsid


def step_become(user: int) -> tuple[Step, Step]:
    """Another gid and uid, real, effective and saved."""
    return (
        ("setresgid", partial(_libc.setresgid, user, user, user)),
        ("setresuid", partial(_libc.setresuid, user, user, user)),
    )


def step_clear_ambient() -> Step:
    """Empty the ambient set of capabilities."""
    return "capabilities", partial(_libc.prctl, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)


def step_drop_capabilities() -> Step:
    """Empty the effective, permitted and inheritable sets."""
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    return "capset", partial(_libc.syscall, _CAPSET, header, bytes(24))


def step_prctl(option: int, value: int) -> Step:
    """prctl(2) with one argument."""
    return f"prctl {option}", partial(_libc.prctl, option, value, 0, 0, 0)


def step_restrict(ruleset: int, *, abi: int) -> Step:
    """Confine this process to a Landlock ruleset. What it denies is not written into the host's audit log.

    The kernel would do so from ABI 7 on, where there is an audit daemon: a box could fill that log, and make
    the kernel lose what others do.
    """
    flags = _LANDLOCK_LOG_SAME_EXEC_OFF if abi >= _LANDLOCK_LOGS else 0
    return "landlock_restrict_self", partial(_libc.syscall, _LANDLOCK_RESTRICT, ruleset, flags)


def step_write(fd: int, data: bytes) -> Step:
    """write(2), of few bytes."""
    return "write", partial(_libc.write, fd, data, len(data))


def step_filter(program: Filter) -> Step:
    """Confine this process by a seccomp filter."""
    arguments = (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return "seccomp", partial(_libc.prctl, *arguments)
