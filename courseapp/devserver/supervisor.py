"""Processes that live together: started, listened to, replaced when they die, and ended as one.

One thread does all of it. So a process may be started with `preexec_fn`, which threads would make unsafe, and
PDEATHSIG, which is tied to the thread that forked, goes off when the launcher ends and not before.
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

PR_SET_PDEATHSIG = 1
TURN_SECONDS = 0.1
STEADY_SECONDS = 30.0  # who lives that long starts anew without delay when it dies
LONGEST_DELAY_SECONDS = 30.0


@dataclass(frozen=True)
class Service:
    """What is to be kept running."""

    name: str
    command: tuple[str, ...]
    grace_seconds: float = 5.0  # to end in order, before it is killed
    leans: bool = True  # on a service that others lean on, which therefore ends last


@dataclass
class _Running:
    """A service's present process."""

    service: Service
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    started: float
    delay: float  # before the next one, should this one die early
    partial: bytes = b""
    restart_at: float | None = None


class Supervisor:
    """Keeps services running until it is told to stop."""

    def __init__(self, *, environment: Mapping[str, str], folder: Path, tell: Callable[[str], None]) -> None:
        self._environment = dict(environment)
        self._folder = folder
        self._tell = tell
        self._running: dict[str, _Running] = {}
        self._selector = selectors.DefaultSelector()

    def start(self, service: Service, *, delay: float = 1.0) -> None:
        """Start a service; what it prints is told line by line, with its name in front."""
        process = subprocess.Popen(
            service.command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal reaches the launcher alone
            preexec_fn=_die_with_the_launcher,
        )
        output = cast("IO[bytes]", process.stdout)
        running = _Running(service, process, output, time.monotonic(), delay)
        self._running[service.name] = running
        os.set_blocking(output.fileno(), False)
        self._selector.register(output, selectors.EVENT_READ, running)

    def tend(self) -> None:
        """One short turn: pass on what was printed, replace what has died."""
        self._listen(TURN_SECONDS)
        for running in list(self._running.values()):
            self._look_after(running)

    def wait_until(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Tend until the condition holds; whether it did in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.tend()
        return True

    def stop(self) -> None:
        """End all services, each with its grace; first those that lean on the others."""
        for lean in (True, False):
            ending = [running for running in self._running.values() if running.service.leans is lean]
            for running in ending:
                running.process.terminate()
            for running in ending:
                self._end(running)
        self._listen(0)
        self._running.clear()

    def _look_after(self, running: _Running) -> None:
        status = running.process.poll()
        if status is None:
            return
        now = time.monotonic()
        if running.restart_at is None:
            if now - running.started > STEADY_SECONDS:
                running.delay = 1.0
            running.restart_at = now + running.delay
            self._say(running, f"ended ({_how(status)}); starts again in {running.delay:.0f} s")
            _kill_group(running.process.pid)
        elif now >= running.restart_at:
            self.start(running.service, delay=min(2 * running.delay, LONGEST_DELAY_SECONDS))

    def _end(self, running: _Running) -> None:
        process = running.process
        deadline = time.monotonic() + running.service.grace_seconds
        while process.poll() is None and time.monotonic() < deadline:
            self._listen(TURN_SECONDS)
        _kill_group(process.pid)
        process.wait()

    def _listen(self, seconds: float) -> None:
        if not self._selector.get_map():
            time.sleep(seconds)
            return
        for key, _ in self._selector.select(seconds):
            self._pass_on(key)

    def _pass_on(self, key: selectors.SelectorKey) -> None:
        running: _Running = key.data
        read = os.read(key.fd, 65536)
        *lines, running.partial = (running.partial + read).split(b"\n")
        if not read:
            self._selector.unregister(running.output)
            running.output.close()
            lines = [running.partial] if running.partial else []
        for line in lines:
            self._say(running, line.decode(errors="replace"))

    def _say(self, running: _Running, line: str) -> None:
        self._tell(f"{running.service.name:<7}| {line}")


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _kill_group(pid: int) -> None:
    """Kill what is left of the session that this process led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody left; macOS says the second of zombies
        return


def _die_with_the_launcher() -> None:
    """In the child, before exec: SIGKILL when the launcher ends, however it ends."""
    if sys.platform == "linux" and _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        os._exit(70)


_LIBC = ctypes.CDLL(None, use_errno=True)
