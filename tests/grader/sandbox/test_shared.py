"""Large arrays beside the frames: the judge's own copy, and no reference to what is not there."""

import fcntl
import os

import numpy as np
import pytest

from grader.errors import ProtocolError
from grader.outcome import Outcome
from grader.sandbox import Answer, Limits, Runtime, answers
from grader.sandbox.inside import decoding, encoding, wire
from grader.sandbox.inside.memory import LARGE, Memory
from grader.sandbox.link import BoxEnd
from grader.sandbox.shared import SharedMemory

MOST = 4 << 20
FLOAT64 = wire.DTYPE.index(np.dtype("<f8"))


@pytest.fixture
def judge():
    memory = SharedMemory(most=MOST)
    yield memory
    memory.close()


@pytest.fixture
def box(judge):
    """The box's end of the same memory."""
    return Memory(incoming=judge.readable, outgoing=judge.incoming)


def sent(value, memory):
    return b"".join(encoding.encode(value, foreign=str, memory=memory))


def reference(*, size, offset, code=FLOAT64):
    """An array of that many bytes which is said to lie at `offset`."""
    shape = wire.ID.pack(size // wire.DTYPE[code].itemsize)
    return bytes((wire.Tag.ARRAY, code | wire.BESIDE, 1)) + shape + wire.ID.pack(offset)


@pytest.mark.parametrize("dtype", wire.DTYPE)
def test_large_arrays_arrive_and_leave_the_frame_small(judge, box, dtype):
    array = (np.arange(LARGE // dtype.itemsize) % 100).astype(dtype)
    frame = sent([array, array[::-1]], box)
    assert len(frame) < 100
    got = answers.decode(frame, judge)
    np.testing.assert_array_equal(got[0], array)
    np.testing.assert_array_equal(got[1], array[::-1])


def test_the_judge_has_a_copy_of_its_own(judge, box):
    """There is no time between the check and the use in which the box could change what is judged."""
    frame = sent(np.ones(LARGE // 8), box)
    got = answers.decode(frame, judge)
    os.pwrite(box.outgoing, bytes(LARGE), 0)
    assert (got == 1).all()


def test_a_box_cannot_change_what_the_judge_wrote(judge, box):
    judge.store(bytes(LARGE))
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.pwrite(judge.readable, b"x", 0)
    with pytest.raises(OSError, match="Invalid argument"):
        os.ftruncate(judge.readable, 0)


@pytest.mark.parametrize("length", [0, MOST - 1, MOST + 1])
def test_the_memory_of_a_box_keeps_its_size(judge, length):
    with pytest.raises(PermissionError):
        os.ftruncate(judge.incoming, length)
    with pytest.raises(PermissionError):
        fcntl.fcntl(judge.incoming, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)


@pytest.mark.parametrize("offset", [MOST - LARGE + 1, MOST, 2**31, 2**63 - 1, 2**64 - 1])
def test_a_reference_beyond_the_memory_is_refused(judge, offset):
    with pytest.raises(ProtocolError, match="beyond"):
        answers.decode(reference(size=LARGE, offset=offset), judge)


@pytest.mark.parametrize("size", [0, 8, LARGE - 8])
def test_a_small_array_cannot_lie_there(judge, size):
    with pytest.raises(ProtocolError, match="cannot lie beside"):
        answers.decode(reference(size=size, offset=0), judge)


def test_a_size_beyond_the_bound_ends_the_box_before_anything_is_allocated(judge, monkeypatch):
    monkeypatch.setattr(np, "empty", None)
    with pytest.raises(BoxEnd) as end:
        answers.decode(reference(size=1 << 62, offset=0), judge)
    assert end.value.ended.outcome is Outcome.MESSAGE_LIMIT


def test_no_table_lies_there(judge):
    table = bytes((wire.Tag.TABLE,)) + wire.COUNT.pack(3) + wire.COUNT.pack(1)
    with pytest.raises(ProtocolError, match="no such dtype"):
        answers.decode(table + reference(size=LARGE, offset=0)[1:], judge)


def test_the_same_bytes_many_times_count_each_time(judge):
    one = reference(size=MOST, offset=0)
    many = bytes((wire.Tag.LIST,)) + wire.COUNT.pack(2) + one + one
    with pytest.raises(BoxEnd) as end:
        answers.decode(many, judge)
    assert (end.value.ended.limit, end.value.ended.used) == ("4 MB", "8 MB")


def test_bools_are_looked_at_there_too(judge, box):
    sent(np.full(LARGE, 7, np.uint8), box)
    with pytest.raises(ProtocolError, match="neither 0 nor 1"):
        answers.decode(reference(size=LARGE, offset=0, code=0), judge)


def test_without_memory_a_reference_means_nothing():
    with pytest.raises(wire.WireError):
        decoding.decode(reference(size=LARGE, offset=0), extend=str)


def test_what_has_no_room_travels_in_the_frame(judge, box):
    array = np.ones(MOST // 8)
    frame = sent([array, array], box)
    assert len(frame) > MOST


def test_an_input_that_a_program_keeps_is_not_changed_by_the_next(sandbox):
    with sandbox.box(Runtime.NUMPY, limits=Limits()) as box:
        box.load("kept = []\ndef f(x):\n    kept.append(x)\n    return [float(one[0]) for one in kept]\n")
        for number in (1.0, 2.0, 3.0):
            reply = box.call("f", np.full(LARGE // 8, number))
        assert isinstance(reply, Answer)
        assert reply.value == [1.0, 2.0, 3.0]


def test_an_input_may_be_written_to(sandbox):
    with sandbox.box(Runtime.NUMPY, limits=Limits()) as box:
        box.load("def f(x):\n    x += 1\n    return x\n")
        assert (box.call("f", np.ones(LARGE // 8)).value == 2).all()
