"""Requests that are begun before their replies are heard, and those of them that travel together."""

import time

import numpy as np
import pytest

from grader.outcome import Outcome
from grader.sandbox import Answer, Limits, Raised
from grader.values import Stub

COUNT = """
import numpy as np
calls = []
def f(x):
    calls.append(x)
    if x == 3:
        raise ValueError("three")
    return [x, len(calls)]
def g(x): return x
def large(n): return np.full(n, float(n))
def seen(): return len(calls)
def gone(): import os; os._exit(3)
def slow(): import time; time.sleep(30)
"""
SERVING = """
import sys
def serving():
    frame = sys._getframe()
    while "channel" not in frame.f_locals:
        frame = frame.f_back
    return frame
"""
MUCH = 1 << 16  # elements of an array that travels beside its message


def begun(box, *calls, in_row=True):
    """What fetches the reply to each `(name, *arguments)`."""
    return [box.begin("call", name, tuple(args), {}, reply_mb=1.0, in_row=in_row) for name, *args in calls]


def test_a_row_is_answered_in_its_order_and_an_exception_is_one_of_the_answers(loaded):
    box = loaded(COUNT)
    replies = [fetch() for fetch in begun(box, *(("f", i) for i in range(6)))]

    assert [one.value for one in replies if isinstance(one, Answer)] == [
        [0, 1],
        [1, 2],
        [2, 3],
        [4, 5],
        [5, 6],
    ]
    assert isinstance(replies[3], Raised)
    assert replies[3].message == "three"


def test_nothing_of_a_row_is_sent_before_a_reply_is_asked_for(loaded):
    box = loaded(COUNT)
    fetches = begun(box, ("f", 1), ("f", 2))
    assert box.holds
    assert not answered(box, within_s=0.2)
    assert fetches[1]().value == [2, 2]
    assert not box.holds


def test_an_authors_box_can_have_a_row_at_once(loaded):
    box = loaded(COUNT)
    fetches = begun(box, ("f", 1), ("f", 2))
    box.send_row()
    assert answered(box, within_s=5.0)  # while nobody fetches
    assert [fetch().value for fetch in fetches] == [[1, 1], [2, 2]]


def answered(box, *, within_s):
    """Whether the box has sent anything that was not read."""
    link = box._process.link
    return bool(link._ahead or link._poll.poll(within_s * 1000))


def test_replies_may_be_fetched_in_any_order_and_again(loaded):
    first, second, third = begun(loaded(COUNT), ("f", 1), ("f", 2), ("f", 4))
    assert [third().value, first().value, second().value, third().value] == [[4, 3], [1, 1], [2, 2], [4, 3]]


def test_whatever_is_asked_in_between_comes_after_the_row(loaded):
    box = loaded(COUNT)
    fetches = begun(box, ("f", 1), ("f", 2))
    assert box.call("seen").value == 2
    assert [fetch().value for fetch in fetches] == [[1, 1], [2, 2]]


@pytest.mark.parametrize("in_row", [True, False])
def test_large_arrays_of_one_request_are_not_taken_for_those_of_another(loaded, in_row):
    """What lies beside a message is overwritten by the next one."""
    box = loaded(COUNT, limits=Limits())
    arrays = [np.full(MUCH, float(i)) for i in range(3)]
    fetches = begun(box, *(("g", array) for array in arrays), in_row=in_row)
    for array, fetch in zip(arrays, fetches, strict=True):
        np.testing.assert_array_equal(fetch().value, array)


def test_large_answers_in_a_row_are_not_taken_for_one_another(loaded):
    fetches = begun(loaded(COUNT, limits=Limits()), *(("large", MUCH + i) for i in range(8)))
    for i, fetch in enumerate(fetches):
        np.testing.assert_array_equal(fetch().value, np.full(MUCH + i, float(MUCH + i)))


def test_a_row_longer_than_the_socket_holds_goes_in_parts(loaded):
    arrays = [np.full(1000, float(i)) for i in range(100)]
    for array, fetch in zip(arrays, begun(loaded(COUNT), *(("g", one) for one in arrays)), strict=True):
        np.testing.assert_array_equal(fetch().value, array)


def test_a_box_that_ends_in_a_row_has_answered_what_stood_before(loaded):
    replies = [fetch() for fetch in begun(loaded(COUNT), ("f", 1), ("gone",), ("f", 2))]
    assert replies[0].value == [1, 1]
    assert [one.outcome for one in replies[1:]] == [Outcome.EXITED] * 2


def test_what_is_printed_in_a_row_ends_the_box_where_it_was_printed(loaded):
    source = "def f(x):\n    if x == 2: print('1' * 9000)\n    return x\n"
    first, second, third = (fetch() for fetch in begun(loaded(source), ("f", 1), ("f", 2), ("f", 3)))
    assert first.value == 1
    assert [second.outcome, third.outcome] == [Outcome.OUTPUT_LIMIT] * 2


def test_a_box_that_ends_while_a_row_is_heard_has_one_reason(loaded):
    source = "def f(x):\n    print('1' * 9000)\n    return x\n"
    box = loaded(source)
    (fetch,) = begun(box, ("f", 1))
    assert box.call("f", 2).outcome is fetch().outcome is Outcome.OUTPUT_LIMIT


@pytest.mark.parametrize("after", ["call", "load", "large", "row"])
def test_whatever_follows_a_row_in_which_the_box_ended_hears_of_that(loaded, after):
    box = loaded(COUNT, limits=Limits())
    (fetch,) = begun(box, ("gone",))
    then = {
        "call": lambda: box.call("seen"),
        "load": lambda: box.load("x = 1"),
        "large": lambda: box.begin("call", "g", (np.ones(MUCH),), {}, in_row=True)(),
        "row": lambda: [one() for one in begun(box, *[("g", np.ones(1000))] * 40)][-1],
    }
    assert then[after]().outcome is fetch().outcome is Outcome.EXITED


def test_the_time_counts_of_an_input_at_which_the_box_ended(loaded):
    box = loaded("import os, time\ndef f(x):\n    if x: time.sleep(0.3) or os._exit(1)\n", limits=Limits())
    for fetch in begun(box, ("f", 0), ("f", 1)):
        fetch()
    assert box.busy_s > 0.29


def test_an_answer_in_a_row_cannot_lie_where_the_box_could_rewrite_it(loaded):
    source = """
import os, struct, sys
def f(x):
    frame, wire = serving(), sys.modules["inside.wire"]
    array = bytes((9, 0x80 | 11, 1)) + struct.pack("<QQ", 1 << 16, 0)
    payload = bytes((7,)) + struct.pack("<I", 4) + array + bytes((2, 7, 0, 0, 0, 0, 7, 0, 0, 0, 0))
    os.write(3, wire.header(3, frame.f_locals["nonce"], len(payload)) + payload)
    while True:
        frame.f_locals["channel"].receive()
"""
    replies = [fetch() for fetch in begun(loaded(SERVING + source), ("f", 1), ("f", 2))]
    assert [one.outcome for one in replies] == [Outcome.BAD_ANSWER, Outcome.BAD_ANSWER]


def test_a_large_input_cannot_be_read_before_its_turn(loaded):
    source = "import os\ndef f(x): return os.pread(4, 16, 0)[:8] == bytes(8) or not os.pread(4, 1, 0)\n"
    box = loaded(source, limits=Limits())
    first, second = begun(box, ("f", 1), ("f", np.full(MUCH, 42.5)))
    assert first().value is True
    assert second().value is False


def test_replies_to_a_row_are_bounded_together(loaded):
    box = loaded(COUNT, limits=Limits())
    fetches = [box.begin("call", "g", (i,), {}, reply_mb=40.0, in_row=True) for i in range(4)]
    assert len(box._held) == 1
    assert [fetch().value for fetch in fetches] == [0, 1, 2, 3]


def test_the_time_of_a_row_is_that_of_all_of_it(loaded):
    box = loaded(COUNT, limits=Limits(wall_s=0.5))
    replies = [fetch() for fetch in begun(box, ("f", 1), ("slow",), ("f", 2))]
    assert isinstance(replies[0], Answer)
    assert [one.outcome for one in replies[1:]] == [Outcome.WALL_LIMIT] * 2


def test_time_does_not_count_while_nobody_fetches(loaded):
    box = loaded(COUNT, limits=Limits(wall_s=0.5))
    for in_row in (True, False):
        (fetch,) = begun(box, ("f", 1), in_row=in_row)
        time.sleep(0.7)
        assert isinstance(fetch(), Answer)
    assert box.busy_s < 0.5


SECOND_FIRST = f"""{SERVING}
def f(x):
    channel = serving().f_locals["channel"]
    kind, nonce, data = channel.receive()
    channel.send(3, nonce, (x, False, (), ()))
    return x
"""


def test_a_box_has_no_input_before_the_judge_has_the_answer_to_the_one_before(loaded):
    fetches = begun(loaded(SECOND_FIRST, limits=Limits(wall_s=1.0)), ("f", 1), ("f", 2))
    assert [fetch().outcome for fetch in fetches] == [Outcome.WALL_LIMIT] * 2


def test_a_box_that_answers_the_second_question_first_has_no_answer(loaded):
    box = loaded(SECOND_FIRST)
    fetches = begun(box, ("f", 1), ("f", 2))
    box.send_row()
    assert [fetch().outcome for fetch in fetches] == [Outcome.BAD_ANSWER] * 2


def test_nothing_more_is_sent_after_an_answer_to_something_else(loaded):
    source = SECOND_FIRST.replace("kind, nonce, data = channel.receive()", "nonce = 7").replace(
        "return x", ""
    )
    box = loaded(source)
    fetches = begun(box, ("f", 1), ("f", 2))
    sent = []
    write = box._link.write
    box._link.write = lambda parts: sent.append(len(parts)) or write(parts)
    assert [fetch().outcome for fetch in fetches] == [Outcome.BAD_ANSWER] * 2
    assert len(sent) == 1


def test_calls_of_a_stub_are_answered_where_others_wait(loaded):
    """A request with stubs never waits in a row: the box could take the next one for its answer."""
    box = loaded("def f(g, x): return g(x) + 1\ndef h(x): return x\n")
    ask = {0: lambda arguments: arguments[0] * 10}
    fetches = [
        box.begin("call", "h", (1,), {}, in_row=True),
        box.begin("call", "f", (Stub(0, "g"), 2), {}, callbacks=ask, in_row=True),
        box.begin("call", "h", (3,), {}, in_row=True),
    ]
    assert [fetch().value for fetch in fetches] == [1, 21, 3]
