"""The seccomp filter of a box: an allow-list, as a BPF program that the template installs."""

from __future__ import annotations

import errno
import mmap
import os
import tempfile
from functools import cache
from typing import Any

_ALLOWED = (
    # files and descriptors
    "read write close fstat lseek pread64 pwrite64 preadv preadv2 readv writev "
    "poll ppoll select pselect6 dup "
    "stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64 "
    "getcwd chdir umask ftruncate unlink unlinkat rename mkdir mkdirat rmdir "
    # memory
    "munmap mprotect brk mremap membarrier "
    # time, identity and the process itself
    "nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday times getrusage sysinfo uname "
    "getpid gettid getppid getuid geteuid getgid getegid getrandom getcpu sched_getaffinity sched_yield "
    "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack set_robust_list rseq restart_syscall pause "
    "exit exit_group"
)
_KILLED = (
    "ptrace process_vm_readv process_vm_writev mount umount2 pivot_root open_tree move_mount fsopen fsconfig "
    "fsmount fspick mount_setattr unshare setns chroot reboot swapon swapoff kexec_load kexec_file_load "
    "init_module finit_module delete_module bpf perf_event_open userfaultfd io_uring_setup io_uring_enter "
    "io_uring_register add_key keyctl request_key execve execveat modify_ldt iopl ioperm pidfd_getfd "
    "open_by_handle_at"
)
_FCNTL = (0, 1, 2, 3, 1030, 1034)  # DUPFD, GETFD, SETFD, GETFL, DUPFD_CLOEXEC, GET_SEALS
_SETFL = 4
_IOCTL = (0x5401, 0x5413, 0x5451, 0x5450, 0x541B)  # TCGETS, TIOCGWINSZ, FIOCLEX, FIONCLEX, FIONREAD
_PRCTL = (15, 16, 0x53564D41)  # SET_NAME, GET_NAME, SET_VMA
# NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE, DONTDUMP, DODUMP: about this
# process only. Others move files that everybody reads out of memory (PAGEOUT), or are not needed
_MADVISE = (0, 1, 2, 3, 4, 8, 14, 15, 16, 17)
_MAP_HUGETLB = 0x40000
_FUTEX = (0, 1, 3, 4, 5, 9, 10)  # WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAIT_BITSET, WAKE_BITSET
_FUTEX_PRIVATE, _FUTEX_REALTIME = 128, 256


# what CUDA's driver needs beside that, on a node with a GPU
_FOR_DEVICES = (
    "mmap madvise futex eventfd2 pipe2 mincore get_mempolicy set_mempolicy mbind mlock munlock "
    "statfs fstatfs sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min"
)
_NVIDIA = 0x4600  # the type byte of the requests to its control and device nodes: 'F'
_UVM = (0x30000001, 0x30000002)  # to begin and to end; the other requests to that node are small numbers
_CLONE_THREAD = 0x00010000
_THREADS = _CLONE_THREAD | 0x00000100 | 0x00000800  # in the same process: with its memory and signals
_NEW_NAMESPACE = 0x7E020080  # any of these flags


@cache
def box_filter(*, first_process: bool, device: bool = False) -> bytes:
    """The program for boxes; `first_process` of their own pid namespace or not, with a `device` or not."""
    import pyseccomp as bpf  # type: ignore[import-untyped]  # not at import: there is no seccomp outside Linux

    rules = bpf.SyscallFilter(bpf.ERRNO(errno.EPERM))
    # 32-bit calls, and x32 ones, are another architecture's
    rules.set_attr(bpf.Attr.ACT_BADARCH, bpf.KILL_PROCESS)
    rules.set_attr(
        bpf.Attr.CTL_OPTIMIZE, 2
    )  # a tree rather than a list: the kernel walks it for every number
    for name in _ALLOWED.split():
        _add(rules, bpf.ALLOW, name)
    for name in _KILLED.split():
        _add(rules, bpf.KILL_PROCESS, name)
    for name, commands in (("fcntl", _FCNTL), ("ioctl", _IOCTL)):
        for command in commands:
            # the kernel looks at the low half only
            _add(rules, bpf.ALLOW, name, bpf.Arg(1, bpf.MASKED_EQ, 0xFFFFFFFF, command))
    for command in _PRCTL:
        _add(rules, bpf.ALLOW, "prctl", bpf.Arg(0, bpf.MASKED_EQ, 0xFFFFFFFF, command))
    _spare_the_disk(rules)
    _add(rules, bpf.ALLOW, "prlimit64", bpf.Arg(2, bpf.EQ, 0))  # read, not set
    if first_process:
        _add(rules, bpf.ALLOW, "tgkill", bpf.Arg(0, bpf.MASKED_EQ, 0xFFFFFFFF, 1))  # raise()
    if device:
        _open_for_device(rules)
    else:
        _map_what_is_counted(rules)
        _wait_for_itself_only(rules)
        for name in ("clone", "pipe2"):
            _add(rules, bpf.ERRNO(errno.EAGAIN), name)  # Python says "can't start new thread"
    for name in ("fork", "vfork", "pipe"):  # pipes are how subprocesses begin
        _add(rules, bpf.ERRNO(errno.EAGAIN), name)
    _add(rules, bpf.ERRNO(errno.ENOSYS), "clone3")  # glibc then tries clone
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _spare_the_disk(rules: Any) -> None:
    """The files of the tree lie on the host's disk, but are read from memory: no box makes that disk work.

    Past its cache (O_DIRECT) each read of such a file would be one of the disk's, at hardly any processor
    time, and each fsync would have it write out what it holds. In a scratch directory fsync does nothing.
    """
    import pyseccomp as bpf

    for name, position in (("open", 1), ("openat", 2)):
        _add(rules, bpf.ALLOW, name, bpf.Arg(position, bpf.MASKED_EQ, os.O_DIRECT, 0))
    setting = bpf.Arg(1, bpf.MASKED_EQ, 0xFFFFFFFF, _SETFL)
    _add(rules, bpf.ALLOW, "fcntl", setting, bpf.Arg(2, bpf.MASKED_EQ, os.O_DIRECT, 0))
    _add(rules, bpf.ERRNO(0), "fsync")


def _map_what_is_counted(rules: Any) -> None:
    """Memory that is shared and no file's can be hidden: dropped from the page tables (MADV_DONTNEED) it is
    kept, but resident nowhere, and RLIMIT_DATA does not count it. Pages of the host's pool of huge ones are
    resident nowhere either, and reserved for somebody else.
    """
    import pyseccomp as bpf

    looked_at = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | _MAP_HUGETLB  # MAP_SHARED_VALIDATE has the first's bit
    for kind in (0, mmap.MAP_SHARED, mmap.MAP_ANONYMOUS):
        _add(rules, bpf.ALLOW, "mmap", bpf.Arg(3, bpf.MASKED_EQ, looked_at, kind))
    for advice in _MADVISE:
        _add(rules, bpf.ALLOW, "madvise", bpf.Arg(2, bpf.MASKED_EQ, 0xFFFFFFFF, advice))


def _wait_for_itself_only(rules: Any) -> None:
    """A futex that is not private is known by its file: boxes could signal each other by any library's."""
    import pyseccomp as bpf

    for operation in _FUTEX:
        wanted = bpf.Arg(1, bpf.MASKED_EQ, 0xFFFFFFFF & ~_FUTEX_REALTIME, operation | _FUTEX_PRIVATE)
        _add(rules, bpf.ALLOW, "futex", wanted)


def _open_for_device(rules: Any) -> None:
    """Threads, whatever memory a driver wants, and requests to the nodes that Landlock leaves open."""
    import pyseccomp as bpf

    for name in _FOR_DEVICES.split():
        _add(rules, bpf.ALLOW, name)
    _add(rules, bpf.ALLOW, "clone", bpf.Arg(0, bpf.MASKED_EQ, _THREADS | _NEW_NAMESPACE, _THREADS))
    _add(rules, bpf.ERRNO(errno.EAGAIN), "clone", bpf.Arg(0, bpf.MASKED_EQ, _CLONE_THREAD, 0))
    _add(rules, bpf.ALLOW, "ioctl", bpf.Arg(1, bpf.MASKED_EQ, 0xFF00, _NVIDIA))
    _add(rules, bpf.ALLOW, "ioctl", bpf.Arg(1, bpf.MASKED_EQ, 0xFFFFFF00, 0))
    for command in _UVM:
        _add(rules, bpf.ALLOW, "ioctl", bpf.Arg(1, bpf.MASKED_EQ, 0xFFFFFFFF, command))


def _add(rules: Any, action: int, name: str, *arguments: Any) -> None:
    """Add a rule; a call that this architecture or libseccomp does not know stays with the default."""
    try:
        rules.add_rule(action, name, *arguments)
    except OSError:
        if action < 0:
            raise
