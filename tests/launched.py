"""`make run`'s launcher as a process of its own, and all the processes that come of it."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAUNCHER = [sys.executable, "-m", "courseapp.devserver"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
START_SECONDS = 90
STOP_SECONDS = 20


@dataclass(frozen=True)
class Process:
    """A process, told apart from a later one with the same number."""

    pid: int
    born: str  # clock ticks since the boot, as /proc has it
    command: str

    @property
    def alive(self) -> bool:
        """Whether it still runs; a zombie does not."""
        return self in processes()


def processes() -> set[Process]:
    """Everything that runs on this machine now."""
    return {process for process, _ in _table()}


def _table() -> list[tuple[Process, int]]:
    """Each process with its parent's number."""
    rows = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *rest = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it ended while we looked
            continue
        if state != "Z":
            rows.append((Process(int(folder.name), rest[17], command.strip()), int(parent)))
    return rows


def until(condition: Callable[[], object], *, seconds: float) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@dataclass
class Launched:
    """A launcher that was started, and what it has printed."""

    popen: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        """All that it printed so far."""
        return "".join(self.lines)

    @property
    def address(self) -> str:
        """Where it says that the site is served."""
        said = ADDRESS.findall(self.output)
        assert said, f"no address was printed:\n{self.output}"
        return said[-1]

    def family(self) -> set[Process]:
        """The launcher and all that it started, and what those started."""
        rows = _table()
        found = {self.popen.pid}
        while more := {row.pid for row, parent in rows if parent in found} - found:
            found |= more
        return {row for row, _ in rows if row.pid in found}

    def children(self) -> set[Process]:
        """What the launcher itself started."""
        return {row for row, parent in _table() if parent == self.popen.pid}

    def page(self, path: str) -> str:
        """A page of the site."""
        with _browser().open(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def signs_in(self, name: str) -> bool:
        """Whether the name and the password that were printed open the site."""
        (password,) = re.findall(rf"^ *{name} +(\S+)$", self.output, re.MULTILINE)
        jar = urllib.request.HTTPCookieProcessor()
        browser = _browser(jar)
        page = self.address + "/accounts/login/"
        browser.open(page, timeout=20).close()
        token = next(cookie.value for cookie in jar.cookiejar if cookie.name == "csrftoken")
        form = {"login": name, "password": password, "csrfmiddlewaretoken": token}
        with browser.open(page, urllib.parse.urlencode(form).encode(), timeout=20) as answer:
            return not answer.url.startswith(page)

    def wait_until_ready(self) -> None:
        """Wait for the address."""
        self.wait_for("Nabla is ready")

    def wait_for(self, words: str) -> None:
        """Wait until these words were printed."""
        until(lambda: words in self.output or self.popen.poll() is not None, seconds=START_SECONDS)
        assert words in self.output, f"it did not say {words!r}:\n{self.output}"

    def stop(self, number: signal.Signals) -> int:
        """Send a signal to the launcher alone; the exit status."""
        self.popen.send_signal(number)
        return self.popen.wait(STOP_SECONDS)


@contextmanager
def launched(data: Path, *, prefix: Sequence[str] = (), **variables: str) -> Iterator[Launched]:
    """A launcher with this folder of data; whatever the test leaves of it is killed at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NABLA_")}
    popen = subprocess.Popen(
        [*prefix, *LAUNCHER],
        cwd=ROOT,
        env={**kept, "NABLA_DATA": str(data), "PYTHONUNBUFFERED": "1", **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    run = Launched(popen)
    reader = threading.Thread(target=_read, args=(run,), daemon=True)
    reader.start()
    try:
        yield run
    finally:
        _kill(run.family())
        popen.wait(STOP_SECONDS)
        reader.join(STOP_SECONDS)


def _browser(*handlers: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """What opens the site's pages, and asks no proxy of the environment for them."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)


def _read(run: Launched) -> None:
    assert run.popen.stdout is not None
    with run.popen.stdout as stream:
        run.lines.extend(iter(stream.readline, ""))


def _kill(left: set[Process]) -> None:
    for process in left:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
