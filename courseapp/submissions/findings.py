"""What a check found, from the verdict's evidence to what `_finding.html` shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from courseapp.lessons.highlight import python_lines
from courseapp.submissions.numbers import show, show_pair
from courseapp.submissions.plots import plots

PASSED = "passed"
FEWEST_FOR_A_MAP = 2  # entries or points below which a picture says nothing

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """What one check found, ready for `_finding.html`."""

    anchor: str
    name: str
    cause: str = ""  # the name of the mistake, when it has one
    brief: str = ""  # beside the name while it is folded
    said: str = ""
    evidence: tuple[str, ...] = ()
    compare: Data | None = None
    limit: Data | None = None
    hint: str = ""
    lesson: Data | None = None
    traceback: Sequence[Data] = ()
    exception: str = ""
    input: Data | None = None
    error_map: Data | None = None
    path: Data | None = None
    plots: tuple[Data, ...] = ()  # of what was measured
    variant: str = ""  # that a passed check is right as
    intermediates: tuple[Data, ...] = ()  # named values, a row of a table each
    folded: bool = False
    passed: bool = False


def findings(checks: Sequence[Data], failed: Sequence[Data], lesson: Data | None) -> list[Finding]:
    """One for each failed check, the first of them open, then those passed as a variant or measured."""
    found: list[Finding] = []
    for check in failed:
        finding = _finding(check, checks.index(check) + 1, lesson, folded=bool(found))
        same = found and finding.cause and finding.cause == found[0].cause
        found.append(replace(finding, brief="same cause") if same else finding)
    for position, check in enumerate(checks, start=1):
        evidence = check.get("evidence") or {}
        if check["outcome"] == PASSED and evidence.get("variant"):
            name, said = str(evidence["variant"]["name"]), str(check["sentence"])
            found.append(Finding(f"check-{position}", check["name"], said=said, variant=name, passed=True))
        if check["outcome"] == PASSED and evidence.get("intermediates"):
            rows = _intermediates(evidence)
            found.append(Finding(f"check-{position}", check["name"], intermediates=rows, passed=True))
        if check["outcome"] == PASSED and (measured := plots(evidence)):
            found.append(Finding(f"check-{position}", check["name"], plots=measured, passed=True))
    return found


def line_of(check: Data) -> int | None:
    """The line of the student's code that a check or a run points to."""
    evidence = check.get("evidence") or {}
    frames = evidence.get("traceback") or ()
    return evidence.get("line") or (frames[-1]["line"] if frames else None)


def traced(sentence: str, evidence: Data) -> Finding:
    """Code that stopped: the sentence, where it stopped, and the limit it met."""
    return Finding(
        anchor="stopped",
        name="",
        said=sentence,
        limit=_limit(evidence),
        traceback=evidence.get("traceback") or (),
        exception=str(evidence.get("exception") or ""),
    )


def _finding(check: Data, position: int, lesson: Data | None, *, folded: bool) -> Finding:
    evidence = check.get("evidence") or {}
    diagnosis = evidence.get("diagnosis") or {}
    sentence = str(check.get("sentence") or "This check failed. It does not show more than that.")
    return Finding(
        anchor=f"check-{position}",
        name=check["name"],
        cause=str(diagnosis.get("name") or ""),
        brief=str(diagnosis.get("sentence") or sentence),
        said=str(diagnosis.get("sentence") or sentence),
        evidence=tuple(_evidence(sentence, diagnosis)),
        compare=_compare(evidence),
        limit=_limit(evidence),
        hint=str(diagnosis.get("hint") or ""),
        lesson=_lesson(diagnosis.get("lesson"), lesson),
        traceback=evidence.get("traceback") or (),
        exception=str(evidence.get("exception") or ""),
        input=_input(evidence),
        error_map=_error_map(evidence),
        path=_path(evidence),
        plots=plots(evidence),
        intermediates=_intermediates(evidence),
        folded=folded,
    )


def _evidence(sentence: str, diagnosis: Data) -> list[str]:
    if not diagnosis:
        return []
    if diagnosis.get("slip"):  # seen in the numbers; no stored solution did the same
        return [sentence, f"Evidence: {diagnosis['evidence']}."]
    kind = "variant" if diagnosis.get("variant") else "known mistake"
    known = f"the {kind} “{diagnosis['name']}” does exactly what your code does"
    return [sentence, f"Evidence: {known}, {diagnosis['evidence']}."]


def _compare(evidence: Data) -> Data | None:
    if "got" not in evidence or "expected" not in evidence:
        return None
    got, expected = show_pair(evidence["got"], evidence["expected"])
    return {
        "got": got,
        "expected": expected,
        "value": evidence.get("value", ""),
        "place": f" after step {evidence['step']}" if evidence.get("step") else "",
        "error": _off_by(evidence.get("error"), evidence.get("bound")),
    }


def _off_by(error: float | None, bound: float | None) -> str:
    if error is None or bound is None:
        return ""
    return f"off by {show(error, 3)}; the bound here is {show(bound, 2)}"


def _limit(evidence: Data) -> Data | None:
    if not evidence.get("limit"):
        return None
    return {"limit": evidence["limit"], "used": evidence.get("used", "")}


def _lesson(anchor: str | None, lesson: Data | None) -> Data | None:
    return {"url": f"{lesson['url']}{anchor}", "label": lesson["label"]} if anchor and lesson else None


def _input(evidence: Data) -> Data | None:
    if not evidence.get("input"):
        return None
    case, cases = evidence.get("case"), evidence.get("cases")
    where = f", {case} of {cases}" if case and cases else ""
    title = "The smallest input found" if evidence.get("shrunk") else f"The input{where}"
    return {"title": title, "lines": python_lines(str(evidence["input"]).rstrip())}


def _error_map(evidence: Data) -> Data | None:
    found = evidence.get("error_map")
    if not found or sum(map(len, found["errors"])) < FEWEST_FOR_A_MAP:
        return None
    errors = [[error if isinstance(error, int | float) else None for error in row] for row in found["errors"]]
    places = {(r, c): _size(error) for r, row in enumerate(errors) for c, error in enumerate(row)}
    top, left = found.get("row", 0), found.get("column", 0)
    row, column = found["worst"]  # the entry that the sentence names
    most = show(max((size for size in places.values() if isfinite(size)), default=0.0), 3)
    shape = (len(errors), max(map(len, errors)))
    whole = (found.get("rows", shape[0]), found.get("columns", shape[1]))
    return {
        "json": {
            "value": found["value"],
            "errors": errors,
            "row": top,
            "column": left,
            "worst": [row, column],
        },
        "words": f"Error of {found['value']}, {shape[0]} by {shape[1]} entries. "
        f"Furthest out of bounds: row {row}, column {column}. Largest error: {most}.",
        "most": most,
        "value": found["value"],
        "cut": "" if whole == shape else f"A corner of {whole[0]} × {whole[1]} entries.",
    }


def _size(error: float | None) -> float:
    return float("inf") if error is None else abs(error)


def _path(evidence: Data) -> Data | None:
    found = evidence.get("path")
    if not found or min(len(found["yours"]), len(found["reference"])) < FEWEST_FOR_A_MAP:
        return None
    yours, reference = found["yours"], found["reference"]
    given = "the same gradients" + (", on the input as it was drawn" if evidence.get("shrunk") else "")
    end = f"The reference ends at {_point(reference[-1])}, yours at {_point(yours[-1])}."
    return {
        "json": {"yours": yours, "reference": reference},
        "words": f"Two paths of {len(reference) - 1} steps from the same start. {end}",
        "caption": f"Two of the weights, step by step, both given {given}. {end}",
    }


def _point(pair: Sequence[Any]) -> str:
    return f"({show(pair[0], 3)}, {show(pair[1], 3)})"


def _intermediates(evidence: Data) -> tuple[Data, ...]:
    return tuple(
        {
            "name": row["name"],
            "word": row["state"],
            "mark": "pass" if row["state"] in ("exact", "approximate") else "fail",
            "error": show(row["error"], 3) if "error" in row else "",
            "points": f"{row['points']} of {row['max_points']}" if row["max_points"] else "no points",
        }
        for row in evidence.get("intermediates") or ()
    )
