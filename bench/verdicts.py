"""How long a whole verdict takes, beside what a grader pays that starts a process for each submission.

`make bench` grades each exercise's baseline (a pass) and its first wrong solution (a failure, with diagnosis)
in a warm sandbox, in turn with a cold interpreter that only imports what the reference needs (torch). Prints
medians and the median of the paired ratios.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import grader  # noqa: E402

ROUNDS = 15
COLD = [sys.executable, "-c", "import torch"]


def main() -> None:
    """Measure and print a table."""
    course = grader.load_course(ROOT / "exercises")
    print(f"{'exercise':<22}{'pass':>9}{'fail':>9}{'cold':>9}   cold / pass")
    with grader.Sandbox() as sandbox:
        sandbox.warm()
        for exercise in course.exercises:
            if not any(check.kind == "time" for check in exercise.checks):  # those run for seconds, by design
                print(row(exercise, sandbox))


def row(exercise: grader.Exercise, sandbox: grader.Sandbox) -> str:
    """One line of the table; milliseconds."""
    wrong = next(one for one in exercise.solutions if one.outcome == "wrong")
    right, false = exercise.baseline or "", exercise.files[wrong.file]
    passes, fails, colds = [], [], []
    for _ in range(ROUNDS):
        passes.append(milliseconds(lambda: grader.grade(exercise, right, sandbox=sandbox)))
        colds.append(milliseconds(lambda: subprocess.run(COLD, check=True)))
        fails.append(milliseconds(lambda: grader.grade(exercise, false, sandbox=sandbox)))
    ratio = median(cold / warm for cold, warm in zip(colds, passes, strict=True))
    return f"{exercise.slug:<22}{median(passes):9.0f}{median(fails):9.0f}{median(colds):9.0f}{ratio:14.1f}"


def milliseconds(action: Callable[[], object]) -> float:
    """Of one call, on the wall clock."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


if __name__ == "__main__":
    main()
