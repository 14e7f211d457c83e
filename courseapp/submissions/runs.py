"""The panel of a run: an exercise's examples, or a fragment of a lesson. No checks and no points."""

from typing import Any

from courseapp.submissions.findings import Data, Finding, traced
from courseapp.submissions.numbers import show
from courseapp.submissions.panel import LIVE, PASSED, WORDS, Facts, Panel, ours, place, waiting


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
        stdout=_stdout(facts, result),
        line=_line(result) if result else None,
        ours=ours(facts),
    )


def _headline(facts: Facts) -> str:
    if facts.status == "error":
        return "Not run."
    if facts.verdict is None:
        return waiting(facts) if facts.status == "queued" else "Running the examples."
    if facts.verdict["outcome"] != PASSED:
        return "The code did not get to the end."
    examples = facts.verdict.get("examples") or ()
    right = sum(bool(example.get("right")) for example in examples)
    if not examples:
        return "The code ran."
    return f"{right} of {len(examples)} examples as expected."


def _announcement(facts: Facts) -> str:
    result = facts.verdict
    if facts.status == "error":
        return "It could not be run. That is our fault."
    if facts.status == "queued":
        return f"Queued, {place(facts.ahead)}"
    if result is None:
        return "Running"
    if result["outcome"] != PASSED:
        return str(result.get("sentence") or WORDS.get(result["outcome"], "Stopped"))
    return f"Ran in {_duration(result['seconds'])}" if "seconds" in result else "Done"


def _duration(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _stdout(facts: Facts, result: Data | None) -> str:
    text = str(result.get("stdout") or "") if result else ""
    trace = (result or {}).get("traceback") or () if facts.kind == "fragment" else ()
    lines = [f"line {frame['line']}: {frame['text']}" for frame in trace]
    return text + "".join(f"{line}\n" for line in lines)


def _line(result: Data) -> int | None:
    frames = result.get("traceback") or ()
    return frames[-1]["line"] if frames else None


def _run(result: Data) -> dict[str, Any]:
    return {
        "examples": [_example(example) for example in result.get("examples") or ()],
        "stdout": result.get("stdout") or "",
        "finding": _stopped(result),
    }


def _example(example: Data) -> dict[str, Any]:
    return {"title": show(example.get("call", "")), "compare": None}


def _stopped(result: Data) -> Finding | None:
    if result["outcome"] == PASSED:
        return None
    return traced(str(result.get("sentence") or ""), result)
