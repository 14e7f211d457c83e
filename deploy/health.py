"""A container's health: `python deploy/health.py web|worker|beat`; exits with 0, or with 1 and the reason."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

STALE_SECONDS = 60
# Not through a proxy of the environment, whose loopback is another one.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def web() -> str:
    """Empty when the site answers and reaches its database and its broker; else what is wrong."""
    try:
        with DIRECTLY.open("http://127.0.0.1:8000/ready", timeout=5):
            return ""
    except urllib.error.HTTPError as error:
        return f"/ready says {error.code}: {error.read(500).decode(errors='replace')}"
    except OSError as error:
        return f"/ready does not answer: {error}"


def worker() -> str:
    """Empty when this node has reported lately that it lives and grades."""
    import psycopg

    # only this image's own processes write the table, and their heart beats every 15 seconds
    query = (
        "SELECT grading, reason, extract(epoch FROM now() - heartbeat) FROM nodes_node "
        "WHERE name LIKE '%%@' || %s"
    )
    try:
        with psycopg.connect(_database(), password=_password(), connect_timeout=5) as connection:
            row = connection.execute(query, [socket.gethostname()]).fetchone()
    except psycopg.Error as error:
        return f"no answer from the database: {error}"
    if row is None:
        return "this node has not reported itself"
    grading, reason, age = row
    if age > STALE_SECONDS:
        return f"the last heartbeat is {age:.0f} s old"
    return "" if grading else f"this node does not grade: {reason}"


def beat() -> str:
    """Empty when a periodic task went to the broker lately."""
    pulse = Path(os.environ["NABLA_PULSE"])
    if not pulse.exists():
        return "no periodic task has been sent yet"
    age = time.time() - pulse.stat().st_mtime
    return "" if age <= STALE_SECONDS else f"the last periodic task was sent {age:.0f} s ago"


def _database() -> str:
    return os.environ["NABLA_DATABASE_URL"]


def _password() -> str:
    return Path(os.environ["NABLA_DATABASE_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()


def main() -> None:
    """Run the check that the first argument names."""
    checks = {"web": web, "worker": worker, "beat": beat}
    if problem := checks[sys.argv[1]]():
        sys.exit(problem)


if __name__ == "__main__":
    main()
