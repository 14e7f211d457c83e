"""The panel of a run: an exercise's examples, or a fragment of a lesson. No checks and no points."""

from typing import Any

from courseapp.lessons.highlight import python_lines
from courseapp.submissions.findings import Data, Finding, line_of, traced
from courseapp.submissions.panel import LIVE, PASSED, Facts, Panel, ours, place, waiting


def run_panel(facts: Facts) -> Panel:
    """The panel of a run, at whatever stage."""
    result = facts.verdict
    return Panel(
        id=facts.id,
        kind=facts.kind,
        status=facts.status,
        live=facts.status in LIVE,
        headline=_headline(facts),
        announcement=_announcement(facts),
        run=_run(result) if result else None,
        stdout=_printed(result) if result else "",
        line=line_of(result) if result else None,
        ours=ours(facts),
    )


def _headline(facts: Facts) -> str:
    if facts.status in ("error", "held"):
        return "Not run."
    if facts.verdict is None:
        return waiting(facts) if facts.status == "queued" else "Running the examples."
    examples = facts.verdict["examples"]
    right = sum(example["outcome"] == PASSED for example in examples)
    if not examples:
        return "The code ran." if facts.verdict["outcome"] == PASSED else "The code does not run."
    if right == len(examples):
        return "The example comes out right." if right == 1 else f"All {right} examples come out right."
    return f"{right} of {len(examples)} examples come out right."


def _announcement(facts: Facts) -> str:
    if facts.status in ("error", "held"):
        return "It could not be run. That is our fault."
    if facts.status == "queued":
        return f"Queued, {place(facts.ahead)}."
    if facts.verdict is None:
        return "Running."
    if facts.kind == "fragment" and facts.verdict["outcome"] != PASSED:
        return str(facts.verdict["sentence"])
    return f"Ran in {_duration(facts.verdict['seconds'])}."


def _duration(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _printed(result: Data) -> str:
    frames = (result.get("evidence") or {}).get("traceback") or ()
    trace = "".join(f"line {frame['line']}: {frame['text']}\n" for frame in frames)
    return f"{result['stdout']}{trace}"


def _run(result: Data) -> dict[str, Any]:
    return {
        "examples": [_example(example) for example in result["examples"]],
        "stdout": result["stdout"],
        "finding": _stopped(result),
    }


def _example(example: Data) -> dict[str, Any]:
    right = example["outcome"] == PASSED
    evidence = example.get("evidence") or {}
    return {
        "entry": example["entry"],
        "lines": python_lines(example["input"]),
        "got": example["got"] or str(evidence.get("exception") or "nothing"),
        "expected": example["expected"],
        "sentence": "" if right else example["sentence"],
        "right": right,
    }


def _stopped(result: Data) -> Finding | None:
    """The code did not load, so no example was run."""
    if result["outcome"] == PASSED or result["examples"]:
        return None
    return traced(str(result["sentence"]), result.get("evidence") or {})
