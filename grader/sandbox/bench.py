"""What a box costs, beside what it has to be compared with, in one run.

What is compared is measured in turn, round by round, and a ratio is the median of the paired ratios: so what
else the machine does falls on both. A cold start, which empties the caches, is paired with the boxes that are
made in an equal time, of which only the first finds them empty. The figures
depend on the machine, the ratios less.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, ParamSpec

import numpy as np

from grader.errors import InfrastructureError
from grader.sandbox.box import Box
from grader.sandbox.inside.values import Value
from grader.sandbox.level import Runtime
from grader.sandbox.limits import Limits
from grader.sandbox.reply import Answer, Reply
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.template import Template
from grader.sandbox.throughput import SOURCE, SPIN, per_second

P = ParamSpec("P")
GRADIENT = """
import torch
def f(x):
    x = torch.tensor(x, requires_grad=True)
    (x * x).sum().backward()
    return x.grad.numpy()
"""
NO_BUBBLEWRAP = "cold starts: there is no bubblewrap here (on Debian, apt-get install bubblewrap)"
_LARGE_MB = 64
_HELD_MB = 256
_TRANSFERS = """
import numpy as np
held = np.ones({mb} << 17)
def out(x): return float(x[0])
def back(): return held
"""


@dataclass(frozen=True)
class Rounds:
    """How often each thing is measured, and for how many seconds throughput is."""

    boxes: int = 200
    cold: int = 10
    transfers: int = 15
    seconds: float = 5.0
    exercises: int | None = None  # that are graded; None: all

    @classmethod
    def quick(cls) -> Rounds:
        """Enough to see that everything works; the figures mean little."""
        return cls(boxes=5, cold=1, transfers=2, seconds=0.3, exercises=2)


@dataclass(frozen=True)
class Figure:
    """One line of the result. `target` is a bound: from above for costs, from below for gains."""

    runtime: str
    what: str
    value: float
    unit: str
    target: float | None = None
    at_most: bool = True

    @property
    def reached(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target


@dataclass(frozen=True)
class Found:
    """All figures of one run, and what could not be measured here."""

    machine: dict[str, Any]
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        figures = [{**asdict(one), "reached": one.reached} for one in self.figures]
        return {"machine": self.machine, "figures": figures, "not_measured": list(self.missing)}


class Collected:
    """What has been measured so far."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self.figures: list[Figure] = []
        self.missing: set[str] = set()
        self.runtime = ""

    def add(self, what: str, value: float, unit: str, **target: Any) -> None:
        self.figures.append(Figure(self.runtime, what, round(value, 4), unit, **target))

    @property
    def found(self) -> Found:
        """All of it, with what is to be known of the machine."""
        return Found(_machine(), tuple(self.figures), tuple(sorted(self.missing)))

    def spread(self, what: str, seconds: Sequence[float], **target: Any) -> None:
        """Median, 95th and 99th percentile; a target is the median's."""
        for name, q in (("median", 50), ("p95", 95), ("p99", 99)):
            value = float(np.percentile(seconds, q)) * 1e3
            self.add(f"{what}, {name}", value, "ms", **(target if q == 50 else {}))


def measure(bench: Collected) -> None:
    """All that boxes cost; SandboxUnavailable where they are not isolated well enough to grade."""
    with Sandbox() as sandbox:
        level = sandbox.level
    for runtime in Runtime:
        bench.runtime = runtime.value
        template = Template(runtime, level=level)
        template.await_ready()
        try:
            _boxes(bench, template)
            _waiting(bench, template)
            if runtime is Runtime.NUMPY:
                _transfers(bench, template)
                _ends(bench, template)
        finally:
            template.close()
        _throughput(bench)


def render(bench: Found) -> str:
    """The figures as a table for people."""
    lines = [" ".join(f"{key}: {value}" for key, value in bench.machine.items()), ""]
    for one in bench.figures:
        bound = "" if one.target is None else f"{'<=' if one.at_most else '>='} {one.target:g}"
        mark = {None: "", True: "reached", False: "MISSED"}[one.reached]
        lines.append(
            f"{one.runtime:6} {one.what:52} {one.value:10.3f} {one.unit:6} {bound:9} {mark}".rstrip()
        )
    return "\n".join((*lines, *(f"not measured: {what}" for what in bench.missing)))


# one box after the other


def _boxes(bench: Collected, template: Template) -> None:
    """Whole boxes beside the bare fork of the same template, and beside a cold start."""
    if template.runtime is Runtime.NUMPY:
        _one_work(bench, template, "empty call", SOURCE, at_most=2.5, at_least=25.0)
    else:
        _one_work(bench, template, "empty call", SOURCE, at_most=1.5)
        _one_work(bench, template, "gradient", GRADIENT, at_most=2.2, at_least=150.0)


def _one_work(
    bench: Collected,
    template: Template,
    work: str,
    source: str,
    *,
    at_most: float,
    at_least: float | None = None,
) -> None:
    bare, whole = [], []
    for _ in range(bench.rounds.boxes):
        bare.append(template.bare_fork())
        whole.append(_timed(_whole, template, source))
    bench.spread(f"bare fork, exit and reap, beside {work}", bare)
    bench.spread(f"whole box, {work}", whole)
    bench.add(f"whole box / bare fork, {work}", _ratio(whole, bare), "x", target=at_most)
    command = _cold_command(bench, template.runtime, source)
    if at_least is None or command is None:
        return
    cold, whole = [], []
    for _ in range(bench.rounds.cold):
        cold.append(_timed(run, command))
        whole.append(_mean_during(cold[-1], _whole, template, source))
    bench.spread(f"cold bwrap and python, {work}", cold)
    bench.add(f"cold / whole box, {work}", _ratio(cold, whole), "x", target=at_least, at_most=False)


def _whole(template: Template, source: str) -> None:
    with Box(template, limits=Limits(), on_close=lambda _: None) as box:
        _first_answer(box, source)


def _first_answer(box: Box, source: str) -> None:
    _expect(box.load(source))
    _expect(box.call("f", _X))


_X = np.arange(3.0)


def _cold_command(bench: Collected, runtime: Runtime, source: str) -> list[str] | None:
    """The same work as a grader does it that starts a sandboxed interpreter for each submission."""
    script = f"import {runtime}, numpy\n{source}\nprint(f(numpy.arange(3.0)))\n"
    command = cold_python("-c", script)
    if command is None:
        bench.missing.add(NO_BUBBLEWRAP)
    return command


def cold_python(*arguments: str) -> list[str] | None:
    """The command of a fresh interpreter in a sandbox of its own; None where there is no bubblewrap."""
    bwrap = shutil.which("bwrap")
    tree = ("--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
    return None if bwrap is None else [bwrap, *tree, sys.executable, *arguments]


def run(command: Sequence[str]) -> None:
    """Run it to its end. Raises CalledProcessError when it fails."""
    subprocess.run(command, check=True, capture_output=True)


# boxes that wait


def _waiting(bench: Collected, template: Template) -> None:
    """A box that was forked ahead: its first answer, from the source handed over to the value in hand."""
    source, target = (SOURCE, 1.0) if template.runtime is Runtime.NUMPY else (GRADIENT, 3.0)
    work = "empty call" if template.runtime is Runtime.NUMPY else "gradient"
    times, memory = [], []
    for _ in range(bench.rounds.boxes):
        with Box(template, limits=Limits(), on_close=lambda _: None) as box:
            _expect(box.has("nothing"))  # it is there, and it waits
            memory.append(_private_mb(box.pid))
            times.append(_timed(_first_answer, box, source))
    bench.spread(f"waiting box, first answer, {work}", times, target=target)
    known = [one for one in memory if one is not None]
    if known:
        bench.add("waiting box, memory of its own", median(known), "MB")
    else:
        bench.missing.add("memory of a waiting box: only root may read it")


def _private_mb(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except PermissionError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


# large arrays


def _transfers(bench: Collected, template: Template) -> None:
    """64 MB to the box, and 64 MB back, each by itself."""
    limits = Limits(message_mb=_LARGE_MB + 1, memory_mb=1024)
    array = np.ones(_LARGE_MB << 17)
    with Box(template, limits=limits, on_close=lambda _: None) as box:
        _expect(box.load(_TRANSFERS.format(mb=_LARGE_MB)))
        for name, arguments in (("out", (array,)), ("back", ())):
            times = [_timed(_call, box, name, arguments) for _ in range(bench.rounds.transfers)]
            rate = array.nbytes / median(times) / 1e9
            bench.add(f"{_LARGE_MB} MB {name}", rate, "GB/s", target=1.0, at_most=False)


def _call(box: Box, name: str, arguments: tuple[Value, ...]) -> None:
    _expect(box.call(name, *arguments))


# the end

_HOLD = f"held = b'x' * ({_HELD_MB} << 20)\ndef f(x):\n    while True: pass\n"


def _ends(bench: Collected, template: Template) -> None:
    """From the kill until nothing is left, of boxes that hold much memory."""
    limits = Limits(memory_mb=2 * _HELD_MB, wall_s=0.2)
    for state in ("busy", "stopped"):
        times = []
        for _ in range(bench.rounds.transfers):
            box = Box(template, limits=limits, on_close=lambda _: None)
            _expect(box.load(_HOLD))
            if state == "stopped":
                box.time_on(min(os.sched_getaffinity(0)))
            else:
                box.call("f", _X)  # is killed when it is late
            times.append(_timed(_end, box))
        bench.spread(f"kill to clean, {state}, {_HELD_MB} MB held", times, target=50.0)


def _end(box: Box) -> None:
    box.close()


# all cores


def _throughput(bench: Collected) -> None:
    """Boxes per second with a template on each core, and how that compares with spinning on each."""
    cores, seconds = sorted(os.sched_getaffinity(0)), bench.rounds.seconds
    one, every, spin_one, spin_every = (
        per_second(kind, cores=some, seconds=seconds)
        for kind in (bench.runtime, SPIN)
        for some in (cores[:1], cores)
    )
    bench.add("boxes per second, one core", one, "1/s")
    bench.add(f"boxes per second, {len(cores)} cores", every, "1/s")
    if len(cores) == 1:
        bench.missing.add("how boxes share cores: there is one core here")
        return
    share = (every / one) / (spin_every / spin_one)
    bench.add("gain by all cores / gain of spinning", share, "x", target=0.9, at_most=False)


# helpers


def _timed(action: Callable[P, None], *arguments: P.args, **options: P.kwargs) -> float:
    """Seconds on the wall clock."""
    start = time.perf_counter()
    action(*arguments, **options)
    return time.perf_counter() - start


def _mean_during(seconds: float, action: Callable[P, None], *arguments: P.args, **options: P.kwargs) -> float:
    """Seconds that it takes when it is repeated for so long, as often as that goes."""
    times: list[float] = []
    while not times or sum(times) < seconds:
        times.append(_timed(action, *arguments, **options))
    return sum(times) / len(times)


def _ratio(above: Sequence[float], below: Sequence[float]) -> float:
    return median(a / b for a, b in zip(above, below, strict=False))


def _expect(reply: Reply) -> None:
    if not isinstance(reply, Answer):
        raise InfrastructureError(f"a box gave no answer: {reply}")


def _machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "machine": platform.machine(),
        "linux": platform.release(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "load": round(os.getloadavg()[0], 2),
    }
