"""How long verdicts take, and how many there are in a second, beside a design that starts anew for each.

Run as a program (`python -m grader.speed CORE KIND SECONDS`) it counts verdicts on one core: KIND is "warm"
or "cold" and the name of a folder of `bench/jobs`, such as "warm:adamw".
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from grader.errors import InfrastructureError
from grader.exercise import Declared, Exercise
from grader.judge import grade
from grader.loading import load_exercise
from grader.sandbox import Runtime, Sandbox, bench
from grader.sandbox.bench import Collected
from grader.sandbox.throughput import per_second, work

BENCH = Path(__file__).resolve().parents[1] / "bench"
JOBS = {"adamw": 60.0, "layernorm": 50.0}  # and how many verdicts on all cores are due in a second
PASSING_MS, FAILING_MS = 25.0, 250.0
MOST_ROUNDS = 10


def measure(collected: Collected, exercises: Sequence[Exercise]) -> None:
    """Verdicts on NumPy exercises without checks in rounds, one after the other; then the jobs of `bench`."""
    rounds = min(collected.rounds.cold, MOST_ROUNDS)
    some = [one for one in exercises if _quick(one)][: collected.rounds.exercises]
    collected.runtime = Runtime.NUMPY.value
    passing, failing = [], []
    with Sandbox() as sandbox:
        for exercise in some:
            passing.append(_verdicts(collected, exercise, sandbox, rounds, Declared.ACCEPTED))
            failing.append(_verdicts(collected, exercise, sandbox, rounds, Declared.WRONG))
    collected.add("a verdict that passes, median of exercises", median(passing), "ms", target=PASSING_MS)
    collected.add("a verdict that fails, median of exercises", median(failing), "ms", target=FAILING_MS)
    for job, due in JOBS.items():
        _per_second(collected, job, due)


def _quick(exercise: Exercise) -> bool:
    return exercise.runtime is Runtime.NUMPY and not any(one.kind.in_rounds for one in exercise.checks)


def _verdicts(
    collected: Collected, exercise: Exercise, sandbox: Sandbox, rounds: int, outcome: Declared
) -> float:
    """Median milliseconds of a warm verdict on the first stored solution of that outcome."""
    stored = next(one for one in exercise.solutions if one.outcome is outcome)
    source, taken = exercise.files[stored.file], []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        verdict = grade(exercise, source, sandbox=sandbox)
        taken.append((time.perf_counter() - start) * 1e3)
        if verdict.passed is not (outcome is Declared.ACCEPTED):
            raise InfrastructureError(f"{exercise.slug}: {stored.file} has another outcome than declared")
    what = "passes" if outcome is Declared.ACCEPTED else "fails"
    collected.add(f"{exercise.slug}: a verdict that {what}", median(taken[1:]), "ms")
    return median(taken[1:])


def _per_second(collected: Collected, job: str, due: float) -> None:
    cores, seconds = sorted(os.sched_getaffinity(0)), collected.rounds.seconds
    collected.runtime = load_exercise(BENCH / "jobs" / job).runtime.value

    def counted(kind: str) -> float:
        return per_second(f"{kind}:{job}", cores=cores, seconds=seconds, program="grader.speed")

    warm = counted("warm")
    what = f"verdicts per second, {job}, 20 cases, {len(cores)} cores"
    collected.add(what, warm, "1/s", target=due, at_most=False)
    if bench.cold_python() is None:
        collected.missing.add(bench.NO_BUBBLEWRAP)
        return
    cold = counted("cold")
    collected.add(f"{what}, cold", cold, "1/s")
    if cold:
        collected.add(f"{what}, warm / cold", warm / cold, "x")


def main() -> None:
    """Count, as the arguments say."""
    core, kind, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    os.sched_setaffinity(0, {core})
    way, _, job = kind.partition(":")
    folder = BENCH / "jobs" / job
    if way == "cold":
        command = bench.cold_python(str(BENCH / "cold_runner.py"), str(folder)) or []
        work(lambda: bench.run(command), seconds)
        return
    exercise = load_exercise(folder)
    with Sandbox() as sandbox:
        once = _graded(exercise, sandbox)
        once()
        work(once, seconds)


def _graded(exercise: Exercise, sandbox: Sandbox) -> Callable[[], None]:
    def once() -> None:
        if not grade(exercise, exercise.baseline or "", sandbox=sandbox).passed:
            raise InfrastructureError(f"{exercise.slug}: its baseline does not pass")

    return once


if __name__ == "__main__":
    main()
