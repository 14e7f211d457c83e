"""What the command line prints, for reading."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from grader.equivalents import FILE
from grader.exercise import Exercise
from grader.extent import SMALL_AXIS, SMALL_NODES, SMALL_STEPS
from grader.gate_report import SHARE, Counterexample, Counterexamples, GateReport, GateRow
from grader.mutation import REQUIRED, Fate, MutationReport, Trial
from grader.outcome import Outcome
from grader.staff_bundle import Rerun
from grader.verdict import CheckResult, Verdict
from grader.wording import count, number

WIDTH = 96
FIRST, LAST, LONG = 20, 5, 400  # lines of what the code printed, and characters of a line, that are shown
MARKS = {True: "✓", False: "✗"}


def progress(position: int, result: CheckResult | None) -> None:
    """Print a check once it has ended; at a terminal also which one is at work."""
    terminal = sys.stdout.isatty()
    if result is None:
        if terminal:
            print(f"  … check {position + 1}", end="", flush=True)
        return
    print(("\r\x1b[K" if terminal else "") + _check(result), flush=True)


def _check(result: CheckResult) -> str:
    mark = "–" if result.outcome is Outcome.NOT_RUN else MARKS[result.passed]
    points = f"{result.points} of {result.max_points}" if result.max_points else "no points"
    lines = [f"  {mark} {result.name}  ({points})"]
    shown = result.evidence
    if not result.passed or shown.timing or shown.memory or shown.growth or shown.training or shown.variant:
        lines += _indented(result.sentence)
    lines += _intermediates(shown.intermediates or ())
    if not result.passed:
        lines += _details(result.evidence.as_dict())
    return "\n".join(lines)


def _intermediates(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = []
    for row in rows:
        far = f", off by {number(row['error'], 3)} at most" if row.get("error") else ""
        points = f"{row['points']} of {row['max_points']}" if row["max_points"] else "no points"
        lines.append(f"      {row['name']}: {row['state']}{far}  ({points})")
    return lines


def _details(evidence: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    named = evidence.get("diagnosis")
    if named:
        lines += _indented(f"{named['name']}: {named['sentence']} ({named['evidence']})")
        lines += _indented(f"Hint: {named['hint']}")
    if "error" in evidence:
        lines += _indented(
            f"off by {number(evidence['error'], 3)}; the bound is {number(evidence['bound'], 3)}"
        )
    for frame in evidence.get("traceback", []):
        lines += _framed(frame)
    if "input" in evidence:
        lines += _indented("The smallest input found:" if evidence.get("shrunk") else "The input:")
        lines += [f"      {line}" for line in evidence["input"].split("\n")]
    return lines


def ending(verdict: Verdict) -> str:
    """The headline, what the code printed, and how to repeat the grading."""
    lines = []
    if verdict.stdout:
        lines += ["", "  Printed:", *(f"    {line}" for line in _printed(verdict.stdout))]
    points = f"{verdict.points} of {verdict.max_points} points"
    return "\n".join(
        [*lines, "", verdict.headline, f"{points}, {verdict.seconds:.2f} s, seed {verdict.seed}"]
    )


def _printed(text: str) -> list[str]:
    """The first and the last lines of a long output, and of a long line its beginning."""
    lines = text.rstrip().split("\n")
    left_out = lines[FIRST : max(FIRST, len(lines) - LAST)]
    if left_out:
        kb = len("\n".join(left_out).encode()) / 1000
        lines[FIRST : FIRST + len(left_out)] = [f"… {count(len(left_out), 'line')} left out, {kb:.1f} KB …"]
    return [line if len(line) <= LONG else f"{line[:LONG]}… ({len(line)} characters)" for line in lines]


def rerun_ending(found: Rerun) -> str:
    """Whether the verdict is the same, and if not, where it differs."""
    lines = ["", *(f"  ✗ {one}" for one in found.differences)]
    if found.not_compared:
        lines.append(f"  – measured, and not compared: {', '.join(found.not_compared)}")
    same = "The verdict is the same." if found.same else "The verdict is not the same."
    return "\n".join([*lines, f"{same} {found.verdict.headline} Seed {found.verdict.seed}."])


def title(exercise: Exercise) -> str:
    """The line above an exercise's rows."""
    return f"{exercise.number} {exercise.title}"


def gate_row(row: GateRow) -> None:
    """Print one row of a gate."""
    remark = f"  [{row.remark}]" if row.remark and row.remark != "named" else ""
    size = f"  ({_size(row.counterexample)})" if row.counterexample else ""
    print(f"  {MARKS[row.ok]} {row.program}: {row.observed}{size}{remark}", flush=True)
    if not row.ok:
        print(f"      declared: {row.declared}", flush=True)


def _size(found: Counterexample) -> str:
    """How large the counterexample is, with a word where that is too large."""
    axis, steps, nodes = found.extent.axis, found.extent.steps, found.extent.nodes
    parts = [f"axis {axis}"] if axis or not (steps or nodes) else []
    parts += [f"{n} {one if n == 1 else one + 's'}" for n, one in ((steps, "step"), (nodes, "node")) if n]
    hidden = [] if found.shown else ["too long to show"]
    return ", ".join([*parts, *hidden]) + ("" if found.small else ": not small")


def gate_ending(found: GateReport) -> str:
    """The lines below an exercise's rows."""
    if found.broken:
        return "  The exercise itself is broken, so nothing more was tried.\n"
    if not found.rows:
        return f"  – Not tried: {found.untried}\n"
    bad = [row.program for row in found.rows if not row.ok]
    if found.mutation is not None and not found.mutation.ok:
        bad.append("mutation")
    untried = f"  – Not tried: {found.untried}\n" if found.untried else ""
    opens = "The gate is open, as far as it was tried" if found.untried else "The gate is open"
    word = f"The gate is closed by {', '.join(bad)}" if bad else opens
    good = sum(row.ok for row in found.rows)
    counted = f"  {counterexamples(found.counterexamples)}\n" if found.counterexamples.by_value else ""
    return f"{counted}{untried}  {word}: {good} of {len(found.rows)} as declared, {found.seconds:.1f} s\n"


def counterexamples(found: Counterexamples) -> str:
    """How many are small, and what that means."""
    small = f"axes to {SMALL_AXIS}, {SMALL_STEPS} steps, {SMALL_NODES} nodes"
    share = f"{100 * found.share:.0f} %, {100 * SHARE:.0f} % wanted"
    return f"Small counterexamples ({small}): {found.small} of {found.by_value}, {share}"


def trial(one: Trial) -> None:
    """Print a mutant that was not killed, or not as marked; with the change as a difference."""
    if one.fate in (Fate.KILLED, Fate.EQUIVALENT):
        return
    remark = f": {one.remark}" if one.remark else ""
    print(f"  ✗ {one.file}, {one.description} ({one.fate}{remark})")
    for sign, text in (("-", one.was), ("+", one.becomes)):
        print("\n".join(f"      {sign} {line}" for line in text.split("\n")), flush=True)


def mutation_ending(found: MutationReport) -> str:
    """The score, and what else speaks against the exercise."""
    lines = [f"  ✗ {one}" for one in found.failed]
    for mark in found.stale:
        lines.append(f"  ✗ {FILE}: no mutant of {mark.file} turns {mark.was!r} into {mark.becomes!r}")
    for one in found.capped:
        lines.append(f"  – {one.file}: {one.tried} of {one.of} mutants, evenly over its lines")
    score = f"{MARKS[found.ok]} Mutation score {100 * found.score:.1f} %, {100 * REQUIRED:.0f} % required"
    killed, marked = found.count(Fate.KILLED), found.count(Fate.EQUIVALENT)
    counts = f"{killed} of {found.counted} killed, {marked} marked equivalent"
    return "\n".join([*lines, f"  {score}: {counts}; {found.seconds:.1f} s, seed {found.seed}"])


def marks(found: MutationReport) -> str:
    """A table for equivalents.toml for each mutant that survives; its author adds the reason, or a check."""
    tables = []
    for one in found.trials:
        if one.fate is Fate.SURVIVED:
            texts = {"file": one.file, "was": one.was, "becomes": one.becomes, "reason": ""}
            lines = (f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items())
            tables.append("\n".join(["", "[[equivalents]]", *lines]))
    return "\n".join([*tables, ""]) if tables else ""


def _framed(frame: dict[str, Any]) -> list[str]:
    """A line of code, or the line of a formula with a mark below the place that is meant."""
    where = f", in {frame['function']}" if frame["function"] else ""  # outside of any function
    head = f"      line {frame['line']}{where}: "
    if "\n" not in frame["text"]:
        return [head + frame["text"].strip()]
    return [head.rstrip(), *(f"        {line}" for line in frame["text"].split("\n"))]


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="      ", subsequent_indent="      ")
