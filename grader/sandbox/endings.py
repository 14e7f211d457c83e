"""Naming why a box ended."""

from __future__ import annotations

import os
import signal

from grader.outcome import Outcome
from grader.sandbox.inside.orders import Report
from grader.sandbox.limits import Limits
from grader.sandbox.reply import Ended, Raised

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


def memory_ended(limits: Limits, used: str) -> Ended:
    """The box wanted more memory than it may have."""
    return Ended(Outcome.MEMORY_LIMIT, f"{limits.memory_mb} MB", used)


def bad_answer(what: str) -> Ended:
    """What the box sent is no answer."""
    return Ended(Outcome.BAD_ANSWER, "", what)


def from_status(report: Report, limits: Limits) -> Ended:
    """What a wait status means when the judge did not cause it."""
    if os.WIFEXITED(report.status):
        return Ended(Outcome.EXITED, "", f"exit status {os.WEXITSTATUS(report.status)}")
    number = os.WTERMSIG(report.status)
    if number == signal.SIGSYS:
        return Ended(Outcome.FORBIDDEN, "", "a system call that boxes may not make")
    if number in (signal.SIGKILL, signal.SIGXCPU):
        # nobody in the box can send it: it is the kernel's, for processor time or for memory
        if number == signal.SIGXCPU or report.us >= limits.cpu_s * 1e6:
            return cpu_ended(limits, report.us / 1e6)
        return memory_ended(limits, "more")
    return Ended(Outcome.CRASHED, "", _CRASHES.get(signal.Signals(number), f"signal {number}"))


def from_exception(category: str, raised: Raised, limits: Limits) -> Ended | None:
    """The end that an exception in the student's code is the sign of, if any."""
    text = f"{raised.type_name}: {raised.message}"
    if raised.traceback:
        text += f" (line {raised.traceback[-1].line})"
    if category == "memory":
        return memory_ended(limits, "more")
    if category == "disk":
        return Ended(Outcome.DISK_LIMIT, f"{limits.disk_mb} MB in {limits.inodes} files", text)
    if category == "process":
        return Ended(Outcome.PROCESS_LIMIT, "1 process with 1 thread", text)
    if category == "forbidden":
        return Ended(Outcome.FORBIDDEN, "", text)
    if category == "exit":
        return Ended(Outcome.EXITED, "", f"sys.exit({raised.message})")
    return None
