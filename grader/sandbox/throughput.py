"""Boxes per second, with one process on each core.

Run as a program (`python -m grader.sandbox.throughput CORE numpy|torch|spin SECONDS`) it is one of those
processes: prints "ready", waits for a line, makes boxes (or only spins) for so long, and prints how many.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.errors import InfrastructureError
from grader.sandbox.level import Runtime
from grader.sandbox.reply import Answer
from grader.sandbox.sandbox import Sandbox

SOURCE = "def f(x):\n    return x\n"
SPIN = "spin"
_ROOT = Path(__file__).resolve().parents[2]
_TURNS = 1000  # of a bare loop, are one spin


def per_second(
    kind: str, *, cores: Sequence[int], seconds: float, program: str = "grader.sandbox.throughput"
) -> float:
    """How often all these cores together do a thing in a second: boxes of a runtime, spins, or what another
    program counts that takes the same arguments.
    """
    processes = [_start(program, core, kind, seconds) for core in cores]
    try:
        for process in processes:
            if process.stdout is None or process.stdout.readline() != "ready\n":
                raise InfrastructureError("a process that counts boxes did not start")
        for process in processes:
            if process.stdin is not None:
                process.stdin.write("\n")
                process.stdin.flush()
        return sum(int(process.communicate()[0]) for process in processes) / seconds
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _start(program: str, core: int, kind: str, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", program, str(core), kind, str(seconds)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def main() -> None:
    """Work as the arguments say."""
    core, kind, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    os.sched_setaffinity(0, {core})
    if kind == SPIN:
        work(_spin, seconds)
        return
    with Sandbox() as sandbox:
        _one_box(sandbox, Runtime(kind))
        work(lambda: _one_box(sandbox, Runtime(kind)), seconds)


def work(once: Callable[[], None], seconds: float) -> None:
    """Say that all is ready, wait for a line, and count."""
    print("ready", flush=True)
    sys.stdin.readline()
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        once()
        count += 1
    print(count, flush=True)


def _one_box(sandbox: Sandbox, runtime: Runtime) -> None:
    """A whole box: a small source, one call, and its end."""
    with sandbox.box(runtime) as box:
        box.load(SOURCE)
        if not isinstance(reply := box.call("f", 1.0), Answer):
            raise InfrastructureError(f"a box gave no answer: {reply}")


def _spin() -> None:
    for _ in range(_TURNS):
        pass


if __name__ == "__main__":
    main()
