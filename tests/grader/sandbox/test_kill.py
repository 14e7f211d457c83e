"""The end of a box is the end of everything in it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.outcome import Outcome
from grader.sandbox import Runtime
from tests.grader.sandbox.conftest import SHORT

# Boxes cannot fork: the processes are put into the box's pid namespace from outside.
INTRUDE = """
import ctypes, os, signal, sys

CLONE_NEWPID = 0x20000000
assert ctypes.CDLL(None).setns(os.open(f"/proc/{sys.argv[1]}/ns/pid", os.O_RDONLY), CLONE_NEWPID) == 0
for kind in ("busy", "deaf", "stopped", "fat"):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        held = bytearray(1 << (27 if kind == "fat" else 10))
        os.write(writer, b".")
        os.closerange(0, 20)
        while kind == "busy":
            pass
        while True:
            os.kill(os.getpid(), signal.SIGSTOP) if kind != "deaf" else signal.pause()
    os.read(reader, 1)
    print(pid)
"""


def alive(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.fixture
def peopled(sandbox, namespaces):
    """A box with processes in it that do not want to go, and their numbers."""
    if os.geteuid():
        pytest.skip("not tested: only root may put processes into a box's pid namespace")
    with sandbox.box(Runtime.NUMPY, limits=SHORT) as box:
        box.load("def f():\n    while True: pass\n")
        run = subprocess.run(
            [sys.executable, "-c", INTRUDE, str(box.pid)], capture_output=True, text=True, check=True
        )
        pids = [int(word) for word in run.stdout.split()]
        assert len(pids) == 4
        deadline = time.monotonic() + 5
        while _states(pids) != ["R", "S", "T", "T"] and time.monotonic() < deadline:
            time.sleep(0.01)
        assert _states(pids) == ["R", "S", "T", "T"]
        yield box, pids


def _states(pids):
    return [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] for pid in pids]


def test_processes_that_are_busy_or_stopped_or_deaf_end_with_a_closed_box(peopled):
    box, pids = peopled
    box.close()
    assert alive([*pids, box.pid]) == []


def test_and_with_one_that_crossed_a_limit(peopled):
    box, pids = peopled
    assert box.call("f").outcome is Outcome.CPU_LIMIT
    box.close()
    assert alive([*pids, box.pid]) == []


def test_a_stopped_box_ends(sandbox):
    with sandbox.box(Runtime.NUMPY, limits=SHORT) as box:
        box.load("x = 1\n")
        box.time_on(min(os.sched_getaffinity(0)))
        box.close()
    assert alive([box.pid]) == []
