"""How often checks of time and memory decide wrongly: `python -m bench.decisions [--runs N] [--kind time]`.

For each threshold two programs are graded N times: one equal to the baseline, which must not fail, and one
that takes twice the threshold, which must not pass. All cores but the first, on which boxes are timed, are
kept busy meanwhile. The bound is the 95 % upper limit of Clopper and Pearson for the share of errors.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import comb
from pathlib import Path

from grader import Exercise, Sandbox, exercise_from_files, grade

JOBS = {"time": "timed", "memory": "spacious"}
THRESHOLDS = (1.2, 1.5, 2.0, 3.0)
LEVEL = 0.95
SPIN = "import os; os.sched_setaffinity(0, {%d})\nwhile True: pass"
FILES = ("exercise.toml", "reference.py", "baseline.py", "starter.py", "statement.md")


def main() -> None:
    """Print a table of errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=1500)
    parser.add_argument("--kind", choices=JOBS, action="append")
    parser.add_argument("--threshold", type=float, action="append")
    options = parser.parse_args()
    print("| check | threshold | program | runs | decided wrongly | at most, 95 % | undecided |")
    print("|---|---|---|---|---|---|---|")
    with neighbours(), Sandbox() as sandbox:
        for kind in options.kind or JOBS:
            for threshold in options.threshold or THRESHOLDS:
                for factor in (1.0, 2 * threshold):
                    row(sandbox, kind, threshold, factor, options.runs)


def row(sandbox: Sandbox, kind: str, threshold: float, factor: float, runs: int) -> None:
    """One program against one threshold."""
    exercise, source = job(kind, threshold, factor)
    wrong = undecided = 0
    for _ in range(runs):
        check = grade(exercise, source, sandbox=sandbox).checks[0]
        if check.outcome not in ("passed", "too_slow", "too_much_memory"):
            sys.exit(f"{kind}: {check.outcome}: {check.sentence}")
        wrong += (check.outcome == "passed") is (factor > threshold)
        undecided += check.evidence.timing is not None and not check.evidence.timing["decided"]
    program = "equal to the baseline" if factor == 1 else f"{factor:g} times the baseline"
    bound = f"1 in {1 / upper_bound(wrong, runs):.0f}"
    print(f"| {kind} | {threshold:g} | {program} | {runs} | {wrong} | {bound} | {undecided} |", flush=True)


def job(kind: str, threshold: float, factor: float) -> tuple[Exercise, str]:
    """The exercise with that threshold, and its baseline with so many times the work."""
    folder = Path(__file__).parent / "jobs" / JOBS[kind]
    files = {name: (folder / name).read_text() for name in FILES}
    files["exercise.toml"] = files["exercise.toml"].replace("threshold = 1.5", f"threshold = {threshold}")
    amount = int(files["baseline.py"].partition("AMOUNT = ")[2].split()[0])
    source = files["baseline.py"].replace(f"AMOUNT = {amount}", f"AMOUNT = {round(amount * factor)}")
    return exercise_from_files(files), source


@contextmanager
def neighbours() -> Iterator[None]:
    """Something that never rests, on every core but the first."""
    cores = sorted(os.sched_getaffinity(0))[1:]
    spinning = [subprocess.Popen([sys.executable, "-c", SPIN % core]) for core in cores]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()


def upper_bound(errors: int, runs: int) -> float:
    """The share p at which as few errors have a probability of 1 − `LEVEL`."""
    low, high = errors / runs, 1.0
    while high - low > 1e-9:
        p = (low + high) / 2
        chance = sum(comb(runs, k) * p**k * (1 - p) ** (runs - k) for k in range(errors + 1))
        low, high = (p, high) if chance > 1 - LEVEL else (low, p)
    return high


if __name__ == "__main__":
    main()
