"""Honest submissions, graded one after the other until the standard input closes.

`python -m tests.attacks` runs this beside the attacks, as another worker on the same machine would. At the
end it prints one line of JSON: how many were graded, and each verdict that was not the one declared in the
exercise, or changed.
"""

import json
import random
import select
import sys
from dataclasses import dataclass

from grader import Sandbox, grade
from grader.exercise import Exercise
from tests.attacks.corpus import read_exercise

SLUGS = ("layernorm_backward", "linear_backward", "central_difference", "gradient_descent", "adamw")
TIMED = ("solutions/where.py", "solutions/slow_silu_loop.py")  # each takes seconds
TORCH = ("solutions/lesson_loop.py", "solutions/moves_once.py", "solutions/optimizer.py")
OF_EACH = 6  # submissions of an exercise, right and wrong


@dataclass(frozen=True)
class Submission:
    """A stored solution, and the check at which it must fail, if any."""

    exercise: Exercise
    file: str
    fails: str

    def grade(self, sandbox: Sandbox) -> list[str]:
        """The outcome of each check and what the failure was diagnosed as, or why this is wrong."""
        verdict = grade(self.exercise, self.exercise.files[self.file], sandbox=sandbox)
        failed = [check for check in verdict.checks if not check.passed]
        if (failed[0].name if failed else "") != self.fails:
            return ["not as declared", *(f"{check.name}: {check.sentence}" for check in failed)]
        diagnosis = (failed[0].evidence.diagnosis or {}) if failed else {}
        return [*(str(check.outcome) for check in verdict.checks), str(diagnosis.get("name", ""))]


def submissions(rng: random.Random) -> list[Submission]:
    """Some of each exercise, the same number of right and wrong ones where there are as many."""
    chosen = {slug: _some(read_exercise(slug), rng) for slug in SLUGS}
    chosen |= {"gelu_silu": list(TIMED), "torch_descent": list(TORCH)}
    made = []
    for slug, files in chosen.items():
        exercise = read_exercise(slug)
        fails = {solution.file: solution.fails for solution in exercise.solutions}
        made += [Submission(exercise, file, fails[file]) for file in files]
    rng.shuffle(made)
    return made


def _some(exercise: Exercise, rng: random.Random) -> list[str]:
    right = [solution.file for solution in exercise.solutions if not solution.fails]
    wrong = [solution.file for solution in exercise.solutions if solution.fails]
    some = rng.sample(right, min(len(right), OF_EACH // 2))
    return some + rng.sample(wrong, min(len(wrong), OF_EACH - len(some)))


def main() -> None:
    """Grade until told to stop; every submission at least once."""
    rng = random.Random(int(sys.argv[1]))
    chosen = submissions(rng)
    first: dict[str, list[str]] = {}
    graded, right, changed = 0, 0, []
    with Sandbox() as sandbox:
        while graded < len(chosen) or not select.select([sys.stdin], [], [], 0)[0]:
            submission = chosen[graded % len(chosen)]
            name = f"{submission.exercise.slug}/{submission.file}"
            found = submission.grade(sandbox)
            if first.setdefault(name, found) != found or found[0] == "not as declared":
                changed.append(f"{name}: {'; '.join(found)}, first {'; '.join(first[name])}")
            graded, right = graded + 1, right + (not submission.fails)
    print(json.dumps({"graded": graded, "right": right, "changed": changed}), flush=True)


if __name__ == "__main__":
    main()
