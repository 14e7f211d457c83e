"""The campaign: every attack, several rounds in random order, beside honest submissions that must not notice.

    python -m tests.attacks [--rounds N] [--seed N] [--family NAME]  exit status 1 if one survives
    python -m tests.attacks --table                                  where each threat is tried, as Markdown

Needs `grader` and the standard library only.
"""

import argparse
import json
import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader import Sandbox
from tests.attacks.corpus import Attack, Trial, attempt, read_attacks
from tests.attacks.coverage import table
from tests.attacks.threats import FAMILIES

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaign, or print the table of threats."""
    options = _parser().parse_args(arguments)
    attacks = read_attacks()
    if options.table:
        print(table(attacks))
        return 0
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    chosen = [attack for attack in attacks if options.family in (None, attack.family)]
    tried = [attack for attack in chosen if not attack.not_here]
    for attack in chosen:
        if attack.not_here:
            print(f"not tried: {attack.name}: {attack.not_here}")
    print(f"{len(tried)} attacks, {options.rounds} rounds, --seed {seed}", flush=True)
    started = time.monotonic()
    with _honest_submissions(seed) as honest:
        trials = _campaign(tried, rounds=options.rounds, seed=seed)
    left = _children()
    _report(trials, honest, left, seconds=time.monotonic() - started)
    survived = any(trial.problem for trial in trials)
    return 1 if survived or left or honest["changed"] or not honest["graded"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.attacks", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often each attack is tried")
    parser.add_argument("--seed", type=int, help="repeat the order of an earlier campaign")
    parser.add_argument("--family", choices=sorted(FAMILIES), help="only the attacks of one family")
    parser.add_argument("--table", action="store_true", help="print where each threat is tried, and end")
    return parser


@contextmanager
def _honest_submissions(seed: int) -> Iterator[dict[str, Any]]:
    """Another process that grades for as long as this lasts; then what became of its verdicts."""
    command = [sys.executable, "-m", "tests.attacks.honest", str(seed)]
    findings: dict[str, Any] = {"graded": 0, "right": 0, "changed": []}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield findings
        finally:
            said, _ = process.communicate()  # closes its standard input: it ends after the next verdict
            if process.returncode:
                findings["changed"] = [f"the honest submissions ended with status {process.returncode}"]
            else:
                findings |= json.loads(said)


def _campaign(attacks: list[Attack], *, rounds: int, seed: int) -> list[Trial]:
    trials = []
    with Sandbox() as sandbox:
        for number in range(rounds):
            order = random.Random(f"{seed}/{number}").sample(attacks, len(attacks))
            for attack in order:
                trial = attempt(attack, sandbox)
                trials.append(trial)
                if trial.problem:
                    print(f"SURVIVED: {attack.name} (round {number + 1}): {trial.problem}", flush=True)
            print(f"round {number + 1} of {rounds} is over", flush=True)
    return trials


def _children() -> list[str]:
    """The processes that are left below this one: there must be none."""
    task = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return task.read_text().split() if task.exists() else []


def _report(trials: list[Trial], honest: dict[str, Any], left: list[str], *, seconds: float) -> None:
    row = "{:<26}{:>8}{:>7}{:>7}{:>7}{:>11}{:>9}".format
    print(row("family", "attacks", "items", "trials", "held", "survivors", "seconds"))
    for family in FAMILIES:
        ours = [trial for trial in trials if trial.attack.family == family]
        if ours:
            print(row(family, *_figures(ours)))
    print(row("all", *_figures(trials)))
    for line in honest["changed"]:
        print(f"CHANGED: {line}")
    for process in left:
        print(f"LEFT BEHIND: process {process}")
    print(
        f"{honest['graded']} honest submissions graded beside them, {honest['right']} of them right; "
        f"{len(honest['changed'])} verdicts changed; {seconds:.0f} s"
    )


def _figures(trials: list[Trial]) -> tuple[int, int, int, int, int, str]:
    held = sum(not trial.problem for trial in trials)
    attacks = {trial.attack.name for trial in trials}
    items = {item for trial in trials for item in trial.attack.items}
    spent = sum(trial.seconds for trial in trials)
    return len(attacks), len(items), len(trials), held, len(trials) - held, f"{spent:.1f}"


if __name__ == "__main__":
    sys.exit(main())
