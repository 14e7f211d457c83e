"""From a verdict to the panel: what a student reads at each stage."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from courseapp.submissions.panel import Facts, Panel, submit_panel
from courseapp.submissions.runs import run_panel

SENT = datetime(2026, 11, 23, 14, 2, 6, tzinfo=UTC)
EXPECTED = [{"name": "Twice", "points": 2}, {"name": "Again", "points": 1}, {"name": "Time", "points": 0}]


def check(name: str, outcome: str = "passed", points: int = 1, **evidence: Any) -> dict[str, Any]:
    return {
        "name": name,
        "outcome": outcome,
        "points": points if outcome == "passed" else 0,
        "max_points": points,
        "sentence": f"{name}: {outcome}.",
        "evidence": evidence,
    }


def facts(**given: Any) -> Facts:
    usual: dict[str, Any] = {
        "id": uuid.uuid4(),
        "kind": "submit",
        "number": 3,
        "status": "running",
        "attempts": 1,
        "ahead": 0,
        "created": SENT,
        "started": SENT + timedelta(seconds=0.5),
        "finished": None,
        "expected": EXPECTED,
        "checks": [],
        "verdict": None,
    }
    return Facts(**(usual | given))


def graded(*checks: dict[str, Any], outcome: str = "failed", **given: Any) -> Panel:
    verdict = {
        "outcome": outcome,
        "headline": "Not passed yet. One check failed.",
        "checks": checks,
        "stdout": "",
        "usage": {"cpu_s": 0.25, "wall_s": 1.0, "peak_mb": 40.0},
    }
    finished = SENT + timedelta(seconds=1.6)
    return submit_panel(facts(status="done", verdict=verdict, finished=finished, **given))


DIAGNOSIS = {
    "name": "Squared",
    "sentence": "You squared it.",
    "evidence": "on 3 of 3 inputs",
    "hint": "What is twice 3?",
    "lesson": "#twice",
}
LESSON = {"url": "/units/3/", "label": "unit 3, Tests"}


def test_in_the_queue_it_says_how_many_are_before_it() -> None:
    panel = submit_panel(facts(status="queued", started=None, ahead=2))
    assert panel.headline == "Waiting for a box."
    assert panel.announcement == "Submission 3, 2 submissions before it in the queue."
    assert panel.live
    assert [row.state for row in panel.checks] == ["wait", "wait", "wait"]
    assert panel.score is None


def test_without_a_machine_for_its_queue_it_says_so() -> None:
    panel = submit_panel(facts(status="queued", started=None, nobody=True))
    assert panel.headline == "Waiting for a machine that can grade."
    panel = submit_panel(facts(status="queued", started=None, nobody=True, on_device=True))
    assert panel.headline == "Waiting for a machine with a GPU."


def test_each_check_is_announced_as_it_ends() -> None:
    panel = submit_panel(facts(checks=[check("Twice", points=2)]))
    assert panel.announcement == "Submission 3. Check 1 of 3, Twice: passed."
    assert [row.state for row in panel.checks] == ["pass", "live", "wait"]
    assert panel.score is not None
    assert (panel.score.points, panel.score.counts) == (2, "1 passed, 2 to come")
    assert [stage.state for stage in panel.stages] == ["past", "past", "now", "ahead"]


def test_what_only_the_numbers_show_is_not_told_as_a_known_mistake() -> None:
    said = {**DIAGNOSIS, "slip": True}
    panel = graded(
        check("Twice", "mismatch", value="y", got=9.0, expected=6.0, diagnosis=said), check("Again")
    )
    assert panel.findings[0].evidence == ("Twice: mismatch.", "Evidence: on 3 of 3 inputs.")


def test_a_failed_check_says_the_diagnosis_first_and_then_its_evidence() -> None:
    wrong = check(
        "Twice", "mismatch", value="y", got=9.0, expected=6.0, error=3.0, bound=1e-15, diagnosis=DIAGNOSIS
    )
    panel = graded(wrong, check("Again"), check("Time"), lesson=LESSON)
    finding = panel.findings[0]
    assert finding.said == "You squared it."
    assert finding.evidence == (
        "Twice: mismatch.",
        "Evidence: the known mistake “Squared” does exactly what your code does, on 3 of 3 inputs.",
    )
    assert finding.compare is not None
    assert (finding.compare["got"], finding.compare["expected"]) == ("9", "6")
    assert finding.compare["error"] == "off by 3; the bound here is 1 × 10⁻¹⁵"
    assert finding.lesson == {"url": "/units/3/#twice", "label": "unit 3, Tests"}
    assert not finding.folded


@pytest.mark.parametrize(
    ("got", "expected", "shown"),
    [
        (9.0, 6.0, ("9", "6")),
        (-11702.5098, -11702.51, ("−11702.5098", "−11702.51")),
        (0.1 + 0.2, 0.3, ("0.30000000000000004", "0.29999999999999999")),
        (2.0, 2.0, ("2", "2")),
        ("min", "max", ("min", "max")),
        (float("nan"), 1.0, ("NaN", "1")),
    ],
)
def test_two_numbers_that_differ_are_seen_to_differ(got: Any, expected: Any, shown: tuple[str, str]) -> None:
    panel = graded(check("Twice", "mismatch", value="y", got=got, expected=expected))
    compare = panel.findings[0].compare
    assert compare is not None
    assert (compare["got"], compare["expected"]) == shown


def test_further_failures_are_folded_and_one_cause_is_told_once() -> None:
    panel = graded(
        check("Twice", "mismatch", diagnosis=DIAGNOSIS),
        check("Again", "mismatch", diagnosis=DIAGNOSIS),
        check("Time", "raised"),
    )
    assert [finding.folded for finding in panel.findings] == [False, True, True]
    assert [finding.brief for finding in panel.findings][1:] == ["same cause", "Time: raised."]


def test_the_line_that_raised_is_marked_in_the_editor() -> None:
    frames = [{"line": 4, "function": "f", "text": "g()"}, {"line": 9, "function": "g", "text": "1 / 0"}]
    assert graded(check("Twice", "raised", traceback=frames)).line == 9


def test_a_hidden_check_shows_that_it_failed_and_no_more() -> None:
    hidden = check("Twice", "mismatch") | {"sentence": "", "evidence": {}}
    finding = graded(hidden).findings[0]
    assert finding.said == "This check failed. It does not show more than that."
    assert finding.compare is None


def test_the_end_says_how_long_it_took() -> None:
    panel = graded(check("Twice", points=2), check("Again"), check("Time", points=0), outcome="passed")
    assert panel.announcement == (
        "Submission 3; verdict after 1.6 s; your code used 0.25 s of processor time."
    )
    assert not panel.live
    assert panel.passed is not None
    assert panel.score is not None
    assert panel.score.counts == "3 of 3 checks passed"


def test_our_failure_is_said_to_be_ours() -> None:
    assert "does not count" in submit_panel(facts(status="error")).ours
    assert "attempt 2" in submit_panel(facts(status="queued", attempts=2)).ours
    assert "does not count" in submit_panel(facts(status="held")).ours


def test_an_error_map_states_the_worst_entry_and_the_largest_error_and_survives_nan() -> None:
    error_map = {"value": "dx", "rows": 2, "columns": 2, "errors": [[0.5, -2.0], [0.0, "NaN"]]}
    error_map |= {"row": 0, "column": 0, "worst": [0, 0]}
    drawn = graded(check("Twice", "mismatch", error_map=error_map)).findings[0].error_map
    assert drawn is not None
    assert drawn["json"]["errors"] == [[0.5, -2.0], [0.0, None]]
    assert drawn["json"]["worst"] == [0, 0]
    assert drawn["words"] == (
        "Error of dx, 2 by 2 entries. Furthest out of bounds: row 0, column 0. Largest error: 2."
    )


def test_timing_is_drawn_for_passed_checks_too() -> None:
    timing = {"ratios": [1.2, 1.3, 1.4], "median": 1.3, "low": 1.2, "high": 1.4, "threshold": 2.0}
    panel = graded(check("Twice"), check("Time", timing=timing), outcome="passed")
    (plot,) = panel.findings[0].plots
    assert plot["caption"] == "3 pairs. The whole interval lies below the threshold of 2×."
    assert panel.checks[1].note == "1.30× the baseline, threshold 2×"


@pytest.mark.parametrize(
    ("exponent", "note"),
    [
        (1.04, "grows like size to the power 1.04; at most to the power 2"),
        (-0.4, "does not grow with size; at most to the power 2"),
    ],
)
def test_what_does_not_grow_is_not_said_to_grow_like_a_negative_power(exponent: float, note: str) -> None:
    growth = {"exponent": exponent, "at_most": 2.0, "of": "time", "sizes": [1, 2], "amounts": [1.0, 1.0]}
    assert graded(check("Growth", growth=growth), outcome="passed").checks[0].note == note


def run(**result: Any) -> Panel:
    usual = {
        "outcome": "passed",
        "sentence": "Ran.",
        "stdout": "",
        "seconds": 0.0023,
        "examples": [],
        "evidence": {},
    }
    return run_panel(facts(kind="run", status="done", verdict=usual | result))


def test_a_run_counts_the_examples_that_come_out_right() -> None:
    right = {
        "entry": "f",
        "input": "x = 3.0",
        "got": "6.0",
        "expected": "6.0",
        "outcome": "passed",
        "sentence": "",
    }
    wrong = right | {"got": "9.0", "outcome": "mismatch", "sentence": "f is wrong."}
    panel = run(outcome="mismatch", examples=[right, wrong])
    assert panel.headline == "1 of 2 examples come out right."
    assert panel.announcement == "Ran in 2.3 ms."
    assert panel.run is not None
    assert [example["right"] for example in panel.run["examples"]] == [True, False]


def test_a_run_that_stops_shows_where() -> None:
    frames = [{"line": 2, "function": "<module>", "text": "1 / 0"}]
    panel = run(outcome="raised", sentence="Division by zero.", evidence={"traceback": frames})
    assert panel.headline == "The code does not run."
    assert panel.run is not None
    assert panel.run["finding"].said == "Division by zero."
    assert panel.line == 2


def test_a_check_that_passed_as_a_variant_names_it() -> None:
    variant = {"name": "ddof 1", "sentence": "You divide by n − 1.", "also": []}
    panel = graded(check("Twice", variant=variant), check("Again"), outcome="passed")

    assert [row.note for row in panel.checks[:2]] == ["as the variant “ddof 1”", ""]
    assert [(one.said, one.passed) for one in panel.findings] == [("Twice: passed.", True)]
    assert panel.passed is not None
    assert panel.passed["sentence"] == "Every check agrees with the reference, or with the variant “ddof 1”."


def test_a_variant_that_is_not_accepted_is_not_called_a_mistake() -> None:
    panel = graded(check("Twice", "mismatch", diagnosis={**DIAGNOSIS, "variant": True}))

    assert panel.findings[0].evidence[1].startswith("Evidence: the variant “Squared” does exactly")


VALUES = [
    {"name": "mean", "state": "exact", "points": 1, "max_points": 1, "error": 0.0},
    {"name": "total", "state": "wrong", "points": 0, "max_points": 3, "error": 0.25},
    {"name": "rest", "state": "missing", "points": 0, "max_points": 1},
]


def test_each_named_value_has_a_row_with_a_word_a_mark_and_its_points() -> None:
    panel = graded({**check("Twice", "mismatch", 5, intermediates=VALUES), "points": 1})

    rows = [tuple(row.values()) for row in panel.findings[0].intermediates]
    assert rows == [
        ("mean", "exact", "pass", "0", "1 of 1"),
        ("total", "wrong", "fail", "0.25", "0 of 3"),
        ("rest", "missing", "fail", "", "0 of 1"),
    ]
    assert (panel.checks[0].state, panel.checks[0].points) == ("fail", "1 of 5")


def test_a_named_value_without_points_is_not_said_to_have_0_of_0() -> None:
    row = {"name": "dx", "state": "wrong", "points": 0, "max_points": 0}
    panel = graded(check("Twice", "mismatch", 5, intermediates=[row]))

    assert panel.findings[0].intermediates[0]["points"] == "no points"


def test_named_values_are_shown_when_all_are_right_too() -> None:
    panel = graded(check("Twice", intermediates=VALUES[:1]), outcome="passed")

    assert [(one.name, len(one.intermediates), one.passed) for one in panel.findings] == [("Twice", 1, True)]
