"""docs/course.md: what the course has, and what its gates found, from results that are stored.

A gate takes minutes for each exercise, so what it finds is written down, one file for each exercise, and the
table is made of all of them. What is said of an exercise's folder is read there, so that a table that was
not made anew can be told from one that was.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from grader.exercise import Course, Exercise, Unit
from grader.gate_report import GateReport
from grader.loading import MANIFEST

TABLE, RESULTS = Path("docs/course.md"), Path("docs/results/gate")
WORDS = ("statement.md", "starter.py", "starter.txt", MANIFEST)  # and of the manifest, all keys but these:
SAID = ("title", "summary", "minutes", "difficulty", "prerequisites", "conventions", "hints")
SAID_OF_ONE = ("sentence", "hint", "lesson")  # of a solution, a variant, a check
HEAD = """# The course in figures

Made by `python -m grader table` from the folder `exercises/` and from `docs/results/gate/`, where
`make course-table` writes what a gate found. Don't edit it. To measure one exercise again:
`make course-table EXERCISES=exercises/01-derivatives/05-diff`.

*Checks* are counted by kind. *Right* are different programs that pass, the baseline among them; *wrong* are
stored mistakes, *named* those of them that the diagnosis calls by their names (what is too slow has no name).
*Small* are counterexamples that can be worked by hand: no axis longer than 3, at most 3 steps of an optimizer
and 5 operations of a program, out of those of all mistakes that fail by their values. *Mutants* are killed
ones, of all that are not marked as right, in per cent. *On the processor*: an exercise for a GPU was tried
without one, and so without what it measures. A star: code or checks have changed since then.
"""
COLUMNS = (
    "unit",
    "exercise",
    "to write",
    "points",
    "minutes",
    "difficulty",
    "checks",
    "right",
    "wrong",
    "named",
    "small",
    "mutants",
    "gate",
    "measured",
)
NUMBERS = ("points", "minutes", "right", "wrong", "named", "small", "mutants")
MISSING = "–"

Record = Mapping[str, Any]


def judged_digest(exercise: Exercise) -> str:
    """Of all that the gate's findings depend on: code, checks and declarations, and not of what is said."""
    texts = {name: text for name, text in exercise.files.items() if name not in WORDS}
    manifest = tomllib.loads(exercise.files[MANIFEST])
    declared = {key: _unsaid(value) for key, value in manifest.items() if key not in SAID}
    return hashlib.sha256(json.dumps([texts, declared], sort_keys=True).encode()).hexdigest()


def _unsaid(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [_without(one, SAID_OF_ONE) if isinstance(one, dict) else one for one in value]


def _without(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in names}


def store(exercise: Exercise, report: GateReport, *, folder: Path, today: date) -> None:
    """Write down what a gate found. Without mutants, those of an earlier day stand if nothing has changed."""
    earlier = stored(folder).get(exercise.slug, {})
    digest = judged_digest(exercise)
    if report.untried and earlier.get("judged") == digest and not earlier.get("untried"):
        return  # more was tried on another machine
    record = _record(exercise, report, digest, today)
    if "mutation" not in record and earlier.get("judged") == digest and "mutation" in earlier:
        record["mutation"] = earlier["mutation"]
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{exercise.number:02d}-{exercise.slug}.json").write_text(text, encoding="utf-8")


def stored(folder: Path) -> dict[str, Record]:
    """All that is written down, by the slugs of the exercises."""
    records = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))
    return {record["exercise"]: record for record in records}


def render(course: Course, records: Mapping[str, Record]) -> str:
    """The page."""
    rule = ["---:" if name in NUMBERS else "---" for name in COLUMNS]
    cells = [_cells(unit, one, records.get(one.slug)) for unit in course.units for one in unit.exercises]
    lines = [_line(row) for row in (COLUMNS, rule, *cells)]
    return "\n".join([HEAD, *_totals(course, records), "", *lines, ""])


def _record(exercise: Exercise, report: GateReport, digest: str, today: date) -> dict[str, Any]:
    found: dict[str, Any] = {
        "exercise": exercise.slug,
        "judged": digest,
        "date": today.isoformat(),
        "ok": report.as_declared,
        "untried": report.untried,
        "rows": len(report.rows),
        "as_declared": sum(row.ok for row in report.rows),
        "wrong": len(exercise.named),
        "named": sum(bool(row.named) for row in report.rows),
        "small": report.counterexamples.small,
        "by_value": report.counterexamples.by_value,
    }
    if report.mutation is not None:
        whole = report.mutation.as_dict()
        names = ("score", "mutants", "killed", "survived", "equivalent", "seed", "ok")
        found["mutation"] = {name: whole[name] for name in names} | {"date": today.isoformat()}
        found["mutation"]["survivors"] = [
            f"{one['file']}, {one['description']}" for one in whole["shown"] if one["fate"] != "equivalent"
        ]
    return found


def _cells(unit: Unit, exercise: Exercise, record: Record | None) -> list[str]:
    kinds = Counter(str(check.kind) for check in exercise.checks)
    files = (*exercise.right, *(one.file for one in exercise.accepted_variants))
    return [
        f"{unit.number} {unit.title}",
        f"{exercise.number} {exercise.title}",
        "<br>".join(f"`{entry.signature}`" for entry in exercise.entries),
        str(exercise.max_points),
        str(exercise.minutes),
        str(exercise.as_dict().get("difficulty", MISSING)),
        f"{len(exercise.checks)}: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items()),
        str(len({exercise.files[file].strip() for file in files})),
        str(len(exercise.named)),
        *_measured(exercise, record),
    ]


def _measured(exercise: Exercise, record: Record | None) -> Iterator[str]:
    """What only a gate knows, as far as it is stored."""
    if record is None:
        yield from [MISSING] * 5
        return
    star = "" if record["judged"] == judged_digest(exercise) else "*"
    yield f"{record['named']}{star}"
    yield f"{record['small']} of {record['by_value']}{star}"
    yield f"{100 * record['mutation']['score']:.1f}{star}" if "mutation" in record else MISSING
    opens = "open on the processor" if record.get("untried") else "open"
    yield (opens if record["ok"] else "closed") + star
    yield record["date"]


def _totals(course: Course, records: Mapping[str, Record]) -> Iterator[str]:
    known = [records[one.slug] for one in course.exercises if one.slug in records]
    tried = [one["mutation"] for one in known if "mutation" in one]
    small, by_value = sum(one["small"] for one in known), sum(one["by_value"] for one in known)
    killed = sum(one["killed"] for one in tried)
    counted = sum(one["mutants"] - one["equivalent"] for one in tried)
    yield f"- {len(course.exercises)} exercises, {sum(one.max_points for one in course.exercises)} points."
    yield f"- Measured: {len(known)}; with mutants: {len(tried)}."
    wrong, named = sum(one["wrong"] for one in known), sum(one["named"] for one in known)
    yield f"- Wrong versions: {wrong}, named {named}."
    yield f"- Small counterexamples: {small} of {by_value}, {_percent(small, by_value)}."
    lowest = f"; the lowest score is {100 * min(one['score'] for one in tried):.1f} %" if tried else ""
    yield f"- Mutants killed: {killed} of {counted}, {_percent(killed, counted)}{lowest}."


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else MISSING


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one.replace("|", "\\|") for one in cells) + " |"
