"""A verdict survives JSON, and hides what the author hides."""

import json
import math

from grader.exercise import CheckKind, Phase, Visibility
from grader.outcome import Outcome
from grader.sandbox import Usage
from grader.verdict import CheckResult, Evidence, Verdict

EVIDENCE = Evidence(value="dx[1, 3]", got=1.109, expected=1.2156, case=2, cases=12)


def make_check(**changed) -> CheckResult:
    values = {
        "name": "A check",
        "kind": CheckKind.VALUE,
        "outcome": Outcome.MISMATCH,
        "points": 0,
        "max_points": 3,
        "visibility": Visibility.ALL,
        "visibility_after": Visibility.ALL,
        "sentence": "dx is wrong.",
        "evidence": EVIDENCE,
    }
    return CheckResult(**{**values, **changed})


def make_verdict(*checks: CheckResult) -> Verdict:
    return Verdict(
        exercise="double",
        digest="00",
        seed=7,
        points=0,
        max_points=3,
        headline="Not passed yet.",
        seconds=0.5,
        usage=Usage(cpu_s=0.1, wall_s=0.2, peak_mb=3.0),
        stdout="",
        checks=checks,
    )


def test_a_verdict_survives_json():
    verdict = make_verdict(make_check(), make_check(outcome=Outcome.PASSED, points=3))

    assert Verdict.from_dict(json.loads(json.dumps(verdict.as_dict()))) == verdict


def test_a_verdict_passes_when_every_check_does_those_without_points_too():
    right = make_check(outcome=Outcome.PASSED)

    assert make_verdict(right, right).as_dict()["outcome"] == "passed"
    assert make_verdict(right, make_check(max_points=0)).as_dict()["outcome"] == "failed"
    assert make_verdict(right, make_check(outcome=Outcome.NOT_RUN)).as_dict()["outcome"] == "failed"


def test_a_hidden_check_shows_its_name_and_outcome():
    hidden = make_check(visibility=Visibility.NAME).as_dict()

    assert (hidden["name"], hidden["outcome"]) == ("A check", "mismatch")
    assert (hidden["sentence"], hidden["evidence"]) == ("", {})


def test_a_check_with_its_message_shows_no_evidence():
    shown = make_check(visibility=Visibility.MESSAGE).as_dict()

    assert (shown["sentence"], shown["evidence"]) == ("dx is wrong.", {})


def test_after_the_deadline_a_check_shows_what_it_hid_before():
    check = make_check(visibility=Visibility.NAME, visibility_after=Visibility.MESSAGE)
    verdict = make_verdict(check, make_check(visibility_after=Visibility.NAME))

    before = verdict.as_dict()["checks"]
    after = verdict.as_dict(phase=Phase.AFTER)["checks"]

    assert [one["sentence"] for one in before] == ["", "dx is wrong."]
    assert [one["sentence"] for one in after] == ["dx is wrong.", ""]
    assert after[0]["evidence"] == {}


def test_staff_see_what_students_do_not():
    shown = make_check(visibility=Visibility.NAME).as_dict(staff=True)

    assert shown["sentence"] == "dx is wrong."
    assert shown["evidence"]["got"] == 1.109


def test_evidence_holds_only_what_there_is():
    assert Evidence(step=3).as_dict() == {"step": 3}


def test_what_json_has_no_number_for_is_text():
    evidence = Evidence(got=math.nan, expected=-math.inf, path={"yours": [[math.inf, 1.0]]})

    assert evidence.as_dict() == {"got": "NaN", "expected": "−∞", "path": {"yours": [["∞", 1.0]]}}
    json.dumps(evidence.as_dict(), allow_nan=False)
