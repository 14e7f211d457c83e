"""`python -m courseapp.devserver`: say what happens, and how it ended."""

import os
import signal
import sys
from pathlib import Path

import django

from courseapp.devserver.place import ROOT, CannotStart, alone, broker_socket, free_port

FIRST_PORT = 8000


def main() -> int:
    """The exit status: 0 when it was asked to end, 1 when it could not start."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        _run()
    except CannotStart as reason:
        tell(str(reason))
        return 1
    except KeyboardInterrupt:
        tell("Nabla has ended; nothing of it is left running.")
    return 0


def tell(line: str) -> None:
    """Print at once, into a pipe too."""
    print(line, flush=True)


def _run() -> None:
    data = Path(os.environ.get("NABLA_DATA") or ROOT / "var").resolve()
    with alone(data), broker_socket(data) as socket:
        os.environ.update(_environment(data, socket))
        port = free_port(int(os.environ.get("NABLA_PORT") or FIRST_PORT), tell=tell)
        django.setup()  # reads the environment, so it comes after
        from courseapp.devserver.site import serve

        serve(data=data, socket=socket, port=port, tell=tell)


def _environment(data: Path, socket: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "courseapp.settings",
        "NABLA_DATA": str(data),
        "NABLA_BROKER_URL": f"unix://{socket}",
        "NABLA_JSON_LOGS": os.environ.get("NABLA_JSON_LOGS", "false"),
        "PYTHONUNBUFFERED": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
