"""Naming why a box ended."""

from __future__ import annotations

import os
import signal

from grader.outcome import Outcome
from grader.sandbox.inside.orders import Report
from grader.sandbox.limits import Limits
from grader.sandbox.reply import Ended, Raised

_NEARLY = 0.9
_CRASHES = {
    signal.SIGSEGV: "segmentation fault",
    signal.SIGBUS: "bus error",
    signal.SIGABRT: "aborted",
    signal.SIGFPE: "arithmetic fault",
    signal.SIGILL: "illegal instruction",
}


def cpu_ended(limits: Limits, used: float) -> Ended:
    """The box used more processor time than it may."""
    return Ended(Outcome.CPU_LIMIT, f"{limits.cpu_s:g} s", f"{used:.1f} s")


def memory_ended(limits: Limits, held_mb: float) -> Ended:
    """The box wanted more memory than it may have, when it held `held_mb`."""
    return Ended(Outcome.MEMORY_LIMIT, f"{limits.memory_mb} MB", f"{held_mb:.0f} MB")


def vram_ended(limits: Limits, held_mb: float) -> Ended:
    """The box took more of the GPU's memory than it may."""
    return Ended(Outcome.MEMORY_LIMIT, f"{limits.vram_mb} MB on the GPU", f"{held_mb:.0f} MB")


def does_not_rest(seconds: float) -> Ended:
    """The box went on working after it had answered."""
    return Ended(Outcome.WALL_LIMIT, f"{seconds:g} s", f"more than {seconds:g} s, after it had answered")


def bad_answer(what: str) -> Ended:
    """What the box sent is no answer."""
    return Ended(Outcome.BAD_ANSWER, "", what)


def from_status(report: Report, limits: Limits, *, peak_mb: float) -> Ended:
    """What a wait status means when the judge did not cause it; `peak_mb` is what the box held at most."""
    if os.WIFEXITED(report.status):
        return Ended(Outcome.EXITED, "", f"exit status {os.WEXITSTATUS(report.status)}")
    number = os.WTERMSIG(report.status)
    if number == signal.SIGSYS:
        return Ended(Outcome.FORBIDDEN, "", "a system call that boxes may not make")
    if number in (signal.SIGKILL, signal.SIGXCPU):
        # nobody in the box can send it: it is the kernel's, for processor time or for memory
        if number == signal.SIGXCPU or report.us >= limits.cpu_s * 1e6:
            return cpu_ended(limits, report.us / 1e6)
        return memory_ended(limits, peak_mb)
    if peak_mb > _NEARLY * limits.memory_mb:
        # an interpreter or a library that cannot go on without the memory it asked for aborts
        return memory_ended(limits, peak_mb)
    return Ended(Outcome.CRASHED, "", _CRASHES.get(signal.Signals(number), f"signal {number}"))


def from_exception(category: str, raised: Raised, limits: Limits, *, held_mb: float) -> Ended | None:
    """The end that an exception in the student's code is the sign of, if any; the box holds `held_mb`."""
    text = f"{raised.type_name}: {raised.message}"
    if raised.traceback:
        text += f" (line {raised.traceback[-1].line})"
    if category == "memory":
        return memory_ended(limits, held_mb)
    if category == "disk":
        return Ended(Outcome.DISK_LIMIT, f"{limits.disk_mb} MB", text)
    if category == "files":
        return Ended(Outcome.FILE_LIMIT, f"{limits.inodes} files and folders", text)
    if category == "descriptors":
        return Ended(Outcome.DESCRIPTOR_LIMIT, f"{limits.descriptors} files", text)
    if category == "process":
        return Ended(Outcome.PROCESS_LIMIT, "1 process with 1 thread", text)
    if category == "forbidden":
        return Ended(Outcome.FORBIDDEN, "", text)
    if category == "exit":
        return Ended(Outcome.EXITED, "", f"sys.exit({raised.message})")
    return None
