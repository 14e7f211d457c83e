"""The loop over the inputs of a check: what is sent when, and what is looked at meanwhile."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from grader.checks.method import AT_ONCE, Subject, examine_cases
from grader.outcome import Outcome
from grader.program import Response
from grader.question import Case
from grader.sandbox import Ended

ENDED = Ended(Outcome.CPU_LIMIT, "1 s", "1.1 s")


@pytest.fixture
def told() -> list[str]:
    return []


def examined(
    told: list[str], n: int, *, ends_at: int | None = None, large: tuple[int, ...] | None = None
) -> Any:
    """What is told of n inputs, of which those that are `large` travel alone; all if that is not said."""
    loaded = SimpleNamespace(holds=False)

    def begin(_subject, _loaded, case):
        told.append(f"send {case.index}")
        loaded.holds = large is not None and case.index not in large
        return lambda: fetch(case.index)

    def fetch(i):
        told.append(f"hear {i}")
        return Response(value=i, failure=ENDED if i == ends_at else None)

    def find(_subject, case, response):
        told.append(f"look at {case.index}")
        assert response.value == case.index

    reference = SimpleNamespace(ask=lambda *_: n, unchecked=lambda i: Case(index=i, arguments={}))
    subject = SimpleNamespace(reference=reference, question=None, seed=0)
    return examine_cases(cast("Subject", subject), cast("Any", loaded), begin=begin, find=find)


def test_an_input_is_sent_when_the_answer_before_is_here_which_is_looked_at_meanwhile(told):
    result = examined(told, 3)

    assert told == ["send 0", "hear 0", "send 1", "look at 0", "hear 1", "send 2", "look at 1", *LAST]
    assert [one.value for one in result.responses] == [0, 1, 2]
    assert [one.index for one in result.cases] == [0, 1, 2]


LAST = ["hear 2", "look at 2"]


def test_small_inputs_are_sent_together_and_the_next_of_them_when_all_are_heard(told):
    result = examined(told, 2 * AT_ONCE, large=())

    def row(what: str, first: int) -> list[str]:
        return [f"{what} {i}" for i in range(first, first + AT_ONCE)]

    first, second = row("send", 0) + row("hear", 0), row("send", AT_ONCE)
    assert told == first + second + row("look at", 0) + row("hear", AT_ONCE) + row("look at", AT_ONCE)
    assert [one.index for one in result.cases] == list(range(2 * AT_ONCE))


def test_a_large_input_ends_a_row(told):
    examined(told, 4, large=(1,))

    first = ["send 0", "send 1", "hear 0", "hear 1"]
    assert told == [
        *first,
        "send 2",
        "send 3",
        "look at 0",
        "look at 1",
        "hear 2",
        "hear 3",
        *LAST[1:],
        "look at 3",
    ]


def test_nothing_is_sent_to_a_box_that_has_ended(told):
    result = examined(told, 3, ends_at=1)

    assert told == ["send 0", "hear 0", "send 1", "look at 0", "hear 1", "look at 1"]
    assert len(result.cases) == len(result.responses) == 2
    assert result.ended


def test_what_stood_in_a_row_behind_the_end_of_the_box_has_no_answer(told):
    result = examined(told, 40, ends_at=1, large=())

    assert told[AT_ONCE:] == ["hear 0", "hear 1", "look at 0", "look at 1"]
    assert len(result.cases) == len(result.responses) == 2
    assert result.ended
