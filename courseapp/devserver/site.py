"""One site, from its tables to its address. Imported once Django is set up."""

import os
import urllib.error
import urllib.request
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from courseapp.devserver import services
from courseapp.devserver.place import HOST, ROOT, CannotStart
from courseapp.devserver.supervisor import Supervisor
from courseapp.nodes.actions import retire_node
from courseapp.nodes.models import Node
from courseapp.nodes.queries import grading_status

Tell = Callable[[str], None]
START_SECONDS = 60
# Not through a proxy of the environment, whose loopback is another one.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def serve(*, data: Path, socket: Path, port: int, tell: Tell) -> None:
    """Bring everything up, say where, and keep it up until the launcher is told to end."""
    supervisor = Supervisor(environment=os.environ, folder=ROOT, tell=tell)
    parent = os.getppid()
    try:
        supervisor.start(services.broker(socket))
        _make_tables(tell)
        supervisor.start(services.web(port))
        accounts = _fill_tables(tell)
        _start_grading(supervisor, data)
        if not supervisor.wait_until(lambda: _answers(port), seconds=START_SECONDS):
            raise CannotStart(f"The pages did not come up within {START_SECONDS} s; the lines above say why.")
        _welcome(port=port, accounts=accounts, tell=tell)
        supervisor.wait_until(_judge_reported, seconds=START_SECONDS)
        tell(f"\n  {_grading()}\n")
        while os.getppid() == parent:  # `make` may be killed without a word to us
            supervisor.tend()
    finally:
        supervisor.stop()


def _make_tables(tell: Tell) -> None:
    tell("Bringing the tables up to date ...")
    call_command("migrate", verbosity=0, interactive=False)


def _fill_tables(tell: Tell) -> str:
    """Load the course and make two accounts; how to sign in."""
    tell("Loading the course, starting the pages ...")
    accounts = StringIO()
    try:
        call_command("load_course", stdout=StringIO())
        call_command("demo", stdout=accounts)
    except CommandError as reason:
        raise CannotStart(str(reason)) from reason
    return accounts.getvalue()


def _start_grading(supervisor: Supervisor, data: Path) -> None:
    retire_node(name=services.NODE)  # what an earlier run left, if it was killed
    supervisor.start(services.worker())
    supervisor.start(services.beat(data))


def _answers(port: int) -> bool:
    try:
        with DIRECTLY.open(f"http://{HOST}:{port}/ready", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _judge_reported() -> bool:
    return Node.objects.filter(name=services.NODE).exists()


def _welcome(*, port: int, accounts: str, tell: Tell) -> None:
    address = f"http://{HOST}:{port}/"
    lines = [f"  Nabla is ready:  {address}", "", "  sign in as  with the password"]
    lines += [f"  {line}" for line in accounts.splitlines()]
    lines += [f"  The instructor's pages: {address}admin/", "", "  Ctrl-C ends all of it."]
    tell(
        "\n".join(
            (
                "",
                *lines,
                "",
                "  The judge is trying to break out of its own sandbox; until it knows, grading waits.",
            )
        )
    )


def _grading() -> str:
    status = grading_status()
    if not status.on:
        return f"Grading is off; lessons and figures work. {status.sentence}"
    return f"Grading is on, at isolation level {status.level}. {status.warning}".rstrip()
