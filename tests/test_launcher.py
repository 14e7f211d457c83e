"""`make run`: one command that serves the course, and that leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launched import Launched, Process, launched, until

# In a user namespace of its own, a process can forbid further ones to itself alone.
WITHOUT_NAMESPACES = ["unshare", "--user", "--map-root-user", "sh", "-c"]
FORBID_AND_RUN = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A folder that all runs share, as those of a checkout do; its path is short, for a socket is in it."""
    folder = Path(tempfile.mkdtemp(prefix="nabla-"))
    yield folder
    shutil.rmtree(folder)


def workers(run: Launched) -> set[Process]:
    """The Celery processes that grade."""
    return {process for process in run.children() if "courseapp worker" in process.command}


def left_of(family: set[Process]) -> list[str]:
    """What still runs after a moment's grace, for a message of failure."""
    until(lambda: not any(process.alive for process in family), seconds=5)
    return [process.command for process in family if process.alive]


def test_it_serves_the_course_and_ends_with_all_it_started(data: Path) -> None:
    with launched(data) as run:
        run.wait_until_ready()
        assert "Gradient descent" in run.page("/")
        for role in ("student", "instructor"):
            assert run.signs_in(role)
        run.wait_for("Grading is on, at isolation level")
        family = run.family()
        assert workers(run)
        run.stop(signal.SIGINT)
        assert left_of(family) == []
    assert not (data / "valkey.sock").exists()


def test_a_worker_that_dies_is_replaced(data: Path) -> None:
    with launched(data) as run:
        run.wait_until_ready()
        (dead,) = workers(run)
        os.kill(dead.pid, signal.SIGKILL)
        assert until(lambda: workers(run) - {dead}, seconds=30), run.output
        family = run.family()
        run.stop(signal.SIGTERM)
        assert left_of(family) == []


def test_nothing_outlives_a_launcher_that_is_killed(data: Path) -> None:
    with launched(data) as run:
        run.wait_for("Grading is on")
        family = run.family()
        run.stop(signal.SIGKILL)
        assert left_of(family) == []


def test_a_taken_port_is_said_and_another_one_found(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with launched(data, NABLA_PORT=str(port)) as run:
            run.wait_until_ready()
            assert not run.address.endswith(f":{port}")
            assert str(port) in run.output
            assert "Gradient descent" in run.page("/")


def test_a_proxy_for_the_web_is_not_asked_for_the_site(data: Path) -> None:
    with launched(data, http_proxy="http://127.0.0.1:9") as run:  # where nobody listens
        run.wait_until_ready()


def test_without_user_namespaces_it_serves_lessons_and_says_why_it_does_not_grade(data: Path) -> None:
    prefix = [*WITHOUT_NAMESPACES, FORBID_AND_RUN, "sh"]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a host without user namespaces was not tested: they could not be taken away here")
    with launched(data, prefix=prefix) as run:
        run.wait_until_ready()
        assert "Gradient descent" in run.page("/units/3/")
        run.wait_for("Grading is off")
        assert "max_user_namespaces" in run.output
        family = run.family()
        run.stop(signal.SIGINT)
        assert left_of(family) == []
