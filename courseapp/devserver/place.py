"""What a site takes of a machine: a folder for itself alone, a socket, a port."""

import fcntl
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PORTS_TRIED = 50
LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107


class CannotStart(Exception):
    """Why the site does not come up, in a sentence for the one who typed `make run`."""


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder of data, which serves one site at a time. The kernel lets go of it when we end."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart(
                f"Nabla already runs with its data in {data}. End it there (Ctrl-C), "
                "or set NABLA_DATA to another folder."
            ) from error
        yield


@contextmanager
def broker_socket(data: Path) -> Iterator[Path]:
    """Where the broker listens: in the folder of data, or in a temporary one if that path is too long."""
    path = data / "valkey.sock"
    short = None
    if len(bytes(path)) > LONGEST_SOCKET_PATH:
        short = tempfile.mkdtemp(prefix="nabla-")
        path = Path(short) / "valkey.sock"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        if short is not None:
            shutil.rmtree(short, ignore_errors=True)


def free_port(wanted: int, *, tell: Callable[[str], None]) -> int:
    """The port that was wanted, or the next one that nobody listens on."""
    for port in range(wanted, wanted + PORTS_TRIED):
        if _is_free(port):
            if port != wanted:
                tell(f"Port {wanted} is taken by another program; this site takes {port}.")
            return port
    raise CannotStart(
        f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken. "
        "Choose another with NABLA_PORT, for example: NABLA_PORT=9000 make run"
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
