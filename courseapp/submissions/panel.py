"""From the rows of a submission to what its panel shows. Pure functions over plain data: no queries here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from courseapp.submissions.findings import Finding, findings, line_of

PASSED, NOT_RUN = "passed", "not_run"
LIVE = ("queued", "running", "held")

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What the panel needs to know, gathered by the view."""

    id: UUID
    kind: str  # submit | run | fragment | race
    number: int | None
    status: str  # queued | running | done | held | error
    attempts: int
    ahead: int  # submissions in the queue before this one
    created: datetime
    started: datetime | None
    finished: datetime | None
    expected: Sequence[Data]  # the exercise's checks: name, points
    checks: Sequence[Data]  # those that ended, in order
    verdict: Data | None
    lesson: Data | None = None  # url and label
    next_exercise: Data | None = None
    diff: Sequence[Sequence[Any]] = ()
    previous: int | None = None
    nobody: bool = False  # no machine takes from its queue now
    on_device: bool = False  # its queue is that of machines with a GPU


@dataclass(frozen=True)
class Stage:
    """One segment of the line above the checks."""

    name: str
    text: str = ""
    state: str = "ahead"  # past | now | ahead
    percent: int = 0


@dataclass(frozen=True)
class CheckRow:
    """One line of the list of checks."""

    name: str
    state: str  # pass | fail | live | wait | skip
    points: str
    note: str = ""
    anchor: str = ""
    current: bool = False


@dataclass(frozen=True)
class Score:
    """The points at the right of the headline."""

    points: int
    max_points: int
    counts: str


@dataclass(frozen=True)
class Panel:
    """Everything `_panel.html` shows."""

    id: UUID
    kind: str
    status: str
    live: bool
    headline: str
    announcement: str
    score: Score | None = None
    stages: tuple[Stage, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    passed: Data | None = None
    run: Data | None = None
    stdout: str = ""
    line: int | None = None
    ours: str = ""


def submit_panel(facts: Facts) -> Panel:
    """The panel of a submission that is graded, at whatever stage."""
    checks = list(facts.verdict["checks"]) if facts.verdict else list(facts.checks)
    failed = [check for check in checks if check["outcome"] not in (PASSED, NOT_RUN)]
    return Panel(
        id=facts.id,
        kind=facts.kind,
        status=facts.status,
        live=facts.status in LIVE,
        headline=_headline(facts, failed),
        announcement=_announcement(facts, checks),
        score=_score(facts, checks, failed),
        stages=_stages(facts, checks),
        checks=_rows(facts, checks, failed),
        findings=tuple(findings(checks, failed, facts.lesson)),
        passed=_passed(facts),
        stdout=str(facts.verdict.get("stdout") or "") if facts.verdict else "",
        line=next((line for line in map(line_of, failed) if line), None),
        ours=ours(facts),
    )


# Head


def _headline(facts: Facts, failed: Sequence[Data]) -> str:
    if facts.verdict:
        return str(facts.verdict["headline"])
    if facts.status == "error":
        return "No verdict."
    if facts.status == "held":
        return "Held until the exercise is mended."
    if failed:
        return "Not passed yet."
    return waiting(facts) if facts.status == "queued" else "Running the checks."


def waiting(facts: Facts) -> str:
    """The headline of what is in the queue."""
    if not facts.nobody:
        return "Waiting for a box."
    return f"Waiting for a machine {'with a GPU' if facts.on_device else 'that can grade'}."


def _announcement(facts: Facts, checks: Sequence[Data]) -> str:
    name = f"Submission {facts.number}" if facts.number else "This submission"
    if facts.verdict and facts.finished:
        took = f"verdict after {_seconds(facts.created, facts.finished)}"
        return f"{name}; {took}{_used(facts.verdict.get('usage'))}."
    if facts.status == "error":
        return f"{name} could not be graded. It does not count."
    if facts.status == "queued":
        return f"{name}, {place(facts.ahead)}."
    if facts.status == "held":
        return f"{name} is kept, and graded as soon as the exercise works again."
    if not checks:
        return f"{name}. The first of {len(facts.expected)} checks is running."
    last = checks[-1]
    word = "passed" if last["outcome"] == PASSED else "not run" if last["outcome"] == NOT_RUN else "failed"
    return f"{name}. Check {len(checks)} of {len(facts.expected)}, {last['name']}: {word}."


def _used(usage: Data | None) -> str:
    return f"; your code used {usage['cpu_s']:.2f} s of processor time" if usage else ""


def place(ahead: int) -> str:
    if ahead <= 0:
        return "next in the queue"
    return f"{ahead} submission{'' if ahead == 1 else 's'} before it in the queue"


def _seconds(start: datetime, end: datetime) -> str:
    seconds = max(0.0, (end - start).total_seconds())
    return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"


def _score(facts: Facts, checks: Sequence[Data], failed: Sequence[Data]) -> Score | None:
    most = sum(int(check["points"]) for check in facts.expected)
    if facts.status in ("error", "held") or not (checks or facts.status == "running"):
        return None
    points = sum(int(check["points"]) for check in checks)
    passed = sum(check["outcome"] == PASSED for check in checks)
    skipped = sum(check["outcome"] == NOT_RUN for check in checks)
    waiting = len(facts.expected) - len(checks)
    if not (failed or skipped or waiting):
        return Score(points, most, f"{passed} of {len(checks)} checks passed")
    counted = ((passed, "passed"), (len(failed), "failed"), (skipped, "not run"), (waiting, "to come"))
    return Score(points, most, ", ".join(f"{count} {word}" for count, word in counted if count > 0))


def _stages(facts: Facts, checks: Sequence[Data]) -> tuple[Stage, ...]:
    if facts.status in ("error", "held"):
        return ()
    queued = Stage("Queued", _queued_text(facts), "now" if facts.status == "queued" else "past", 50)
    count, done = len(facts.expected), len(checks)
    if facts.status == "queued":
        return queued, Stage("Box"), Stage("Checks"), Stage("Verdict")
    box = Stage("Box", "ready", "past")
    middle = f"Checks, {done} of {count} done"
    if facts.verdict is None:
        return (
            queued,
            box,
            Stage(middle, _next_name(facts, done), "now", _percent(done, count)),
            Stage("Verdict"),
        )
    took = _seconds(facts.created, facts.finished) if facts.finished else ""
    return queued, box, Stage(middle, "", "past"), Stage("Verdict", took, "past")


def _queued_text(facts: Facts) -> str:
    if facts.started:
        return _seconds(facts.created, facts.started)
    return "next" if facts.ahead <= 0 else f"{facts.ahead} before it"


def _next_name(facts: Facts, done: int) -> str:
    if done >= len(facts.expected):
        return "closing the box"
    return str(facts.expected[done]["name"]).replace("`", "")


def _percent(done: int, count: int) -> int:
    return round(100 * (done + 0.5) / (count + 0.5)) if count else 50


def ours(facts: Facts) -> str:
    """What went wrong on our side, or nothing."""
    if facts.status == "error":
        return "It does not count, and whoever runs this course can see what broke."
    if facts.status == "held":
        return "Something in the exercise broke while your code was graded. It does not count against you."
    if facts.attempts > 1 and facts.status in LIVE:
        return f"A worker was lost. It does not count, and we are trying again: attempt {facts.attempts}."
    return ""


# Checks


def _rows(facts: Facts, checks: Sequence[Data], failed: Sequence[Data]) -> tuple[CheckRow, ...]:
    first = failed[0]["name"] if failed else None
    rows = []
    for position, expected in enumerate(facts.expected):
        if position < len(checks):
            rows.append(_ended_row(checks[position], position, current=checks[position]["name"] == first))
        elif position == len(checks) and facts.status == "running":
            rows.append(CheckRow(expected["name"], "live", _worth(expected["points"]), "running"))
        elif facts.status not in ("error", "held"):
            rows.append(CheckRow(expected["name"], "wait", "waiting"))
    return tuple(rows)


def _worth(points: int) -> str:
    return f"{points} point{'' if points == 1 else 's'}" if points else "no points"


def _ended_row(check: Data, position: int, *, current: bool) -> CheckRow:
    most = check["max_points"]
    score = f"{check['points']} of {most}" if most else ""
    if check["outcome"] == PASSED:
        note = _passed_note(check)
        return CheckRow(check["name"], "pass", score or "passed", note)
    if check["outcome"] == NOT_RUN:
        return CheckRow(check["name"], "skip", "not run")
    note = WORDS.get(check["outcome"], "failed")
    return CheckRow(check["name"], "fail", score or "failed", note, f"check-{position + 1}", current)


WORDS = {
    "syntax": "does not parse",
    "missing": "a name is missing",
    "raised": "raised an exception",
    "calls": "called too often, or not often enough",
    "structure": "not the agreed form",
    "shape": "wrong shape",
    "dtype": "wrong dtype",
    "not_finite": "NaN or infinity",
    "mismatch": "wrong value",
    "side_effect": "changed an input",
    "too_slow": "too slow",
    "too_much_memory": "too much memory",
    "growth": "grows too fast",
    "loss": "loss too high",
    "cpu_limit": "processor time used up",
    "wall_limit": "no answer in time",
    "load_limit": "not imported in time",
    "memory_limit": "memory used up",
    "output_limit": "printed too much",
    "message_limit": "returned too much",
    "process_limit": "started a process",
    "disk_limit": "wrote too much",
    "file_limit": "made too many files",
    "descriptor_limit": "opened too many files",
    "forbidden": "made a forbidden system call",
    "exited": "ended the process",
    "crashed": "crashed",
    "bad_answer": "no readable answer",
}


def _passed_note(check: Data) -> str:
    match check.get("evidence") or {}:
        case {"variant": {"name": name}}:
            return f"as the variant “{name}”"
        case {"timing": {"median": median, "threshold": threshold}}:
            return f"{median:.2f}× the baseline, threshold {threshold:g}×"
        case {"memory": {"median": median, "threshold": threshold}}:
            return f"{median:.2f}× the baseline’s memory, threshold {threshold:g}×"
        case {"growth": {"exponent": exponent, "at_most": most}}:
            grows = (
                f"grows like size to the power {exponent:.2f}" if exponent > 0 else "does not grow with size"
            )
            return f"{grows}; at most to the power {most:g}"
        case {"training": {"median": float(median), "at_most": most}}:
            return f"loss {median:.3g}, at most {most:g}"
    return ""


# The end


def _passed(facts: Facts) -> Data | None:
    if not facts.verdict or facts.verdict["outcome"] != PASSED:
        return None
    found = [(check.get("evidence") or {}).get("variant") for check in facts.verdict["checks"]]
    names = list(dict.fromkeys(f"“{variant['name']}”" for variant in found if variant))
    variant = f", or with the variant {' or '.join(names)}" if names else ""
    sentence = f"Every check agrees with the reference{variant}."
    return {"sentence": sentence, "diff": facts.diff, "previous": facts.previous, "next": facts.next_exercise}
