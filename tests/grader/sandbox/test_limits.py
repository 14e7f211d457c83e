"""Each limit has its own name, and says what the limit was."""

import os
import time

import pytest

from grader.outcome import Outcome
from grader.sandbox import Ended, Limits, Runtime
from grader.sandbox.inside.values import Stub
from tests.grader.sandbox.conftest import SHORT


@pytest.mark.parametrize(
    ("source", "outcome", "limit"),
    [
        ("while True: pass", Outcome.CPU_LIMIT, "0.4 s"),
        ("import time\ntime.sleep(60)", Outcome.LOAD_LIMIT, "2.5 s"),
        ("sum(range(10**12))", Outcome.CPU_LIMIT, "0.4 s"),
        ("x = bytearray(10**10)", Outcome.MEMORY_LIMIT, "64 MB"),
        ("x = []\nwhile True: x.append('a' * 10**6)", Outcome.MEMORY_LIMIT, "64 MB"),
        ("import mmap\nx = [mmap.mmap(-1, 1 << 24, 0x22) for _ in range(99)]", Outcome.MEMORY_LIMIT, "64 MB"),
        ("import mmap\nx = mmap.mmap(-1, 4096)  # shared: resident nowhere", Outcome.FORBIDDEN, ""),
        ("import numpy as np\nx = np.ones((10**5, 10**5))", Outcome.MEMORY_LIMIT, "64 MB"),
        ("while True: print('a' * 100)", Outcome.OUTPUT_LIMIT, "8 KB"),
        ("import os\nwhile True: os.write(2, bytes(4096))", Outcome.OUTPUT_LIMIT, "8 KB"),
        ("import os\nos.fork()", Outcome.PROCESS_LIMIT, "1 process with 1 thread"),
        ("import subprocess\nsubprocess.run(['ls'])", Outcome.PROCESS_LIMIT, "1 process with 1 thread"),
        (
            "import threading\nthreading.Thread(target=print).start()",
            Outcome.PROCESS_LIMIT,
            "1 process with 1 thread",
        ),
        (
            "import multiprocessing as m\nm.Process(target=print).start()",
            Outcome.PROCESS_LIMIT,
            "1 process with 1 thread",
        ),
        ("open('x', 'wb').write(bytes(1 << 21))", Outcome.DISK_LIMIT, "1 MB"),
        ("for n in range(99): open(str(n), 'w')", Outcome.FILE_LIMIT, "16 files and folders"),
        ("import os\nfor n in range(99): os.mkdir(str(n))", Outcome.FILE_LIMIT, "16 files and folders"),
        ("x = [open('/dev/null') for _ in range(99)]", Outcome.DESCRIPTOR_LIMIT, "24 files"),
        (
            "import os\nos.ftruncate(os.open('x', os.O_CREAT | os.O_RDWR), 1 << 40)",
            Outcome.DISK_LIMIT,
            "1 MB",
        ),
    ],
)
def test_a_limit_crossed_while_loading_is_named(run, namespaces, source, outcome, limit):
    reply = run(source)
    assert isinstance(reply, Ended), reply
    assert (reply.outcome, reply.limit) == (outcome, limit)
    assert reply.used


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("import os\nos._exit(0)", Outcome.EXITED),
        ("import sys\nsys.exit()", Outcome.EXITED),
        ("raise SystemExit('bye')", Outcome.EXITED),
        ("import ctypes\nctypes.string_at(0)", Outcome.CRASHED),
        ("import os\nos.abort()", Outcome.CRASHED),
        ("import os\nos.execv('/bin/true', ['true'])", Outcome.FORBIDDEN),
        ("import socket\nsocket.socket()", Outcome.FORBIDDEN),
        ("import os\nos.write(3, b'rubbish' * 9)", Outcome.BAD_ANSWER),
        ("import os\nos.close(3)\nwhile True: pass", Outcome.BAD_ANSWER),
    ],
)
def test_an_end_that_is_no_limit_is_named(run, source, outcome):
    reply = run(source)
    assert isinstance(reply, Ended), reply
    assert reply.outcome is outcome


def test_processor_time_adds_up_over_calls_and_not_over_waiting(loaded):
    box = loaded(
        "import time\ndef f():\n    t = time.process_time()\n    while time.process_time() < t + 0.2: pass\n"
    )
    replies = [box.call("f") for _ in range(4)]
    assert isinstance(replies[-1], Ended)
    assert replies[-1].outcome is Outcome.CPU_LIMIT
    assert not isinstance(replies[0], Ended)


def test_too_large_an_answer_is_not_received(loaded):
    box = loaded("import numpy as np\ndef f(n): return np.ones(n << 17)")
    assert box.call("f", 1).value.nbytes == 1 << 20
    reply = box.call("f", 3)
    assert (reply.outcome, reply.limit, reply.used) == (Outcome.MESSAGE_LIMIT, "2 MB", "3 MB")


def test_an_operation_may_ask_for_smaller_answers(loaded):
    box = loaded("def f(n): return 'a' * n")
    assert box.call("f", 5000, reply_mb=0.001).outcome is Outcome.MESSAGE_LIMIT


def test_more_values_than_a_message_holds_is_the_message_limit(loaded):
    reply = loaded("def f(): return [0] * 10**6").call("f")
    assert (reply.outcome, reply.limit) == (Outcome.MESSAGE_LIMIT, "100000 values")


def test_a_program_that_swallows_every_exception_is_still_bounded(run):
    source = (
        "kept = []\nwhile True:\n    try: kept.append(bytearray(1 << 20))\n    except BaseException: pass\n"
    )
    assert run(source).outcome in (Outcome.CPU_LIMIT, Outcome.MEMORY_LIMIT)


def test_an_abort_for_want_of_memory_is_the_memory_limit(run):
    reply = run("import os\nx = bytearray(61 << 20)\nos.abort()\n")
    assert (reply.outcome, reply.limit) == (Outcome.MEMORY_LIMIT, "64 MB")
    assert 60 <= float(reply.used.removesuffix(" MB")) <= 70


def test_what_was_held_when_memory_ran_out_is_measured(run):
    reply = run("x = bytearray(20 << 20)\ny = bytearray(10**10)\n")
    assert 20 <= float(reply.used.removesuffix(" MB")) <= 30


def test_the_next_box_is_as_good_as_new(run):
    for source in (
        "while True: print('x' * 999)",
        "import os; os._exit(1)",
        "import ctypes; ctypes.string_at(0)",
    ):
        run(source)
    assert run("x = 1").value is None


def test_limits_are_those_of_the_box_asked_for(sandbox):
    sandbox.box(Runtime.NUMPY, limits=SHORT).close()  # leaves a box with short limits waiting
    with sandbox.box(Runtime.NUMPY, limits=Limits(memory_mb=300)) as box:
        assert box.load("x = bytearray(200 << 20)").value is None


def test_many_small_operations_together_are_bounded(loaded):
    box = loaded("import time\ndef f(): time.sleep(0.3)", limits=Limits(wall_s=1.0))
    replies = [box.call("f") for _ in range(5)]
    ended = next(reply for reply in replies if isinstance(reply, Ended))
    assert replies.index(ended) == 3
    assert (ended.outcome, ended.limit) == (Outcome.WALL_LIMIT, "1 s")
    assert 1.0 <= float(ended.used.removesuffix(" s")) < 1.3


def test_time_for_callbacks_is_not_the_boxs(loaded):
    box = loaded("def f(g): return g()", limits=Limits(wall_s=0.5))
    for _ in range(4):
        assert box.call("f", Stub(0, "g"), callbacks={0: lambda _: time.sleep(0.2)}).value is None


def test_an_operation_may_be_bounded_more_closely(loaded):
    box = loaded("import time\ndef f(): time.sleep(5)")
    assert box.call("f", within_s=0.2).limit == "0.2 s"


def test_a_box_that_has_always_sent_more_already_is_held_to_its_time(loaded):
    """Calls that do not wait for their results: the judge never has to wait for the box."""
    source = (
        "import fcntl, os, select, sys\n"
        "def f(g):\n"
        "    operations = sys._getframe(1).f_locals['self']\n"
        "    wire = sys.modules['inside.wire']\n"
        "    payload = b''.join(map(bytes, operations.encode((0, ([None] * 90_000,)))))\n"
        "    frame = wire.header(wire.Kind.CALL, operations.nonce, len(payload)) + payload\n"
        "    fcntl.fcntl(3, fcntl.F_SETFL, os.O_NONBLOCK)\n"
        "    ready, rest = select.poll(), b''\n"
        "    ready.register(3)\n"
        "    while True:\n"
        "        for _, event in ready.poll():\n"
        "            if event & select.POLLIN:\n"
        "                os.read(3, 1 << 20)\n"
        "            if event & select.POLLOUT:\n"
        "                rest = rest or frame\n"
        "                rest = rest[os.write(3, rest):]\n"
    )
    box, start = loaded(source, limits=Limits(wall_s=0.5, calls=200)), time.monotonic()
    ended = box.call("f", Stub(0, "g"), callbacks={0: lambda _: None})
    assert (ended.outcome, ended.limit) == (Outcome.WALL_LIMIT, "0.5 s")
    assert time.monotonic() - start < 1.0


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="not tested: the numbers are those of x86-64")
def test_no_signal_waits_in_a_box(loaded):
    """They are counted for the judge's user as well, whose timers then fail."""
    box = loaded(
        "import ctypes, signal\n"
        "def f():\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, {40})\n"
        "    return ctypes.CDLL(None).syscall(234, 1, 1, 40)\n"
    )
    assert box.call("f").value == -1
