"""The loop over the inputs of a check: what is sent when, and what is looked at meanwhile."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from grader.checks.method import Subject, examine_cases
from grader.outcome import Outcome
from grader.program import Response
from grader.question import Case
from grader.sandbox import Ended

ENDED = Ended(Outcome.CPU_LIMIT, "1 s", "1.1 s")


@pytest.fixture
def told() -> list[str]:
    return []


def examined(told: list[str], n: int, *, ends_at: int | None = None) -> Any:
    def begin(_subject, _loaded, case):
        told.append(f"send {case.index}")
        return lambda: fetch(case.index)

    def fetch(i):
        told.append(f"hear {i}")
        return Response(value=i, failure=ENDED if i == ends_at else None)

    def find(_subject, case, response):
        told.append(f"look at {case.index}")
        assert response.value == case.index

    reference = SimpleNamespace(ask=lambda *_: n, unchecked=lambda i: Case(index=i, arguments={}))
    subject = SimpleNamespace(reference=reference, question=None, seed=0)
    return examine_cases(cast("Subject", subject), cast("Any", None), begin=begin, find=find)


def test_an_input_is_sent_when_the_answer_before_is_here_which_is_looked_at_meanwhile(told):
    result = examined(told, 3)

    assert told == ["send 0", "hear 0", "send 1", "look at 0", "hear 1", "send 2", "look at 1", *LAST]
    assert [one.value for one in result.responses] == [0, 1, 2]
    assert [one.index for one in result.cases] == [0, 1, 2]


LAST = ["hear 2", "look at 2"]


def test_nothing_is_sent_to_a_box_that_has_ended(told):
    result = examined(told, 3, ends_at=1)

    assert told == ["send 0", "hear 0", "send 1", "look at 0", "hear 1", "look at 1"]
    assert len(result.cases) == len(result.responses) == 2
    assert result.ended
