"""What a Celery worker process is to Nabla: a node with a sandbox, which checks itself before it grades.

Start it with the `solo` pool, one process per core: a grading then runs in the process that owns the sandbox.
"""

import os
import socket
import threading
import time
from typing import Any

import structlog
from celery import current_app
from celery.signals import celeryd_after_setup, worker_ready, worker_shutdown
from django.conf import settings
from django.db import DatabaseError, connection

import grader
from courseapp.nodes import actions as nodes

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 15
SECOND_LOOK_SECONDS = 3
BOXED_QUEUES = ("cpu", "gpu", "authoring")  # their tasks run code that nobody trusts
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
LEVELS = {
    "reduced": grader.Level.REDUCED,
    "shared-uid": grader.Level.SHARED_UID,
    "full": grader.Level.FULL,
}

_state: dict[str, Any] = {}
_stopped = threading.Event()


def node_name() -> str:
    """This process, as the nodes page names it."""
    return str(_state.get("name", socket.gethostname()))


def required_level() -> grader.Level:
    """The isolation that this site asks for. `reduced` is granted on loopback only."""
    name = settings.ISOLATION_REQUIRED
    if name not in LEVELS:
        raise grader.SandboxUnavailable(f"NABLA_ISOLATION is {name!r}; expected one of {', '.join(LEVELS)}")
    if name == "reduced" and not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        raise grader.SandboxUnavailable(
            "NABLA_ISOLATION=reduced is allowed only while the site serves loopback (NABLA_HOSTS)"
        )
    return LEVELS[name]


def sandbox() -> grader.Sandbox:
    """This process's sandbox, opened when first needed."""
    if "sandbox" not in _state:
        _state["sandbox"] = grader.Sandbox(required=required_level())
    opened: grader.Sandbox = _state["sandbox"]
    return opened


def drop_sandbox() -> None:
    """Close the sandbox after a fault of ours; the next grading opens a new one."""
    opened = _state.pop("sandbox", None)
    if opened is not None:
        opened.close()


@celeryd_after_setup.connect
def check_itself(sender: str, instance: Any, **_: object) -> None:
    """Run the doctor, say what it found, and leave the grading queues alone below the required level."""
    _state["name"] = sender
    queues = instance.app.amqp.queues
    wanted = list(queues.consume_from)
    facts = self_check(wanted)
    if not facts["grading"]:  # a machine that is just starting may be too busy to answer every probe in time
        time.sleep(SECOND_LOOK_SECONDS)
        facts = self_check(wanted)
    _state["grading"] = facts["grading"]
    refused = [queue for queue in BOXED_QUEUES if queue in wanted and queue not in facts["queues"]]
    if refused:
        queues.deselect(refused)
        log.error("not_grading", queues=refused, reason=facts["reason"])
    nodes.report_node(name=sender, facts=facts)


def self_check(queues: list[str]) -> dict[str, Any]:
    """The facts of this node: level, runtimes, device, and the queues it may take from."""
    try:
        required = required_level()
        report = grader.doctor(required)
    except Exception as error:  # Celery would log it and grade; without a self-check nothing is graded
        log.exception("self_check_failed")
        reason = f"The self-check did not end well. {error}"
        return _facts(level="none", reason=reason, report={}, queues=queues, grading=False)
    data = report.as_dict()
    grading = report.ok
    reason = "" if grading else _why(data, required)
    return _facts(level=_level_name(report.level), reason=reason, report=data, queues=queues, grading=grading)


@worker_ready.connect
def get_ready(**_: object) -> None:
    """Say every few seconds that this node lives, and warm the sandbox before somebody waits for it."""
    _stopped.clear()
    threading.Thread(target=_beat, name="heartbeat", daemon=True).start()
    if _state.get("grading"):
        _warm_sandbox()


@worker_shutdown.connect
def stop(**_: object) -> None:
    """Close the sandbox and sign off."""
    _stopped.set()
    drop_sandbox()
    nodes.retire_node(name=node_name())


def examine_device() -> None:
    """After a fault of ours on the GPU: see whether boxes still can use it, and leave its queue if not."""
    try:
        sandbox().box(grader.Runtime.TORCH, on_device=True).close()
    except grader.InfrastructureError as error:
        log.error("not_grading", queues=["gpu"], reason=str(error))
        drop_sandbox()
        current_app.control.cancel_consumer("gpu", destination=[node_name()])
        nodes.lose_device(name=node_name(), reason=f"The GPU is not well. {error}")


def _warm_sandbox() -> None:
    try:
        sandbox().warm()
    except grader.InfrastructureError as error:  # the first grading tries again, and tells if it fails
        log.warning("sandbox_not_warm", error=str(error))
        drop_sandbox()


def _beat() -> None:
    while not _stopped.wait(HEARTBEAT_SECONDS):
        try:
            nodes.beat_node(name=node_name())
        except DatabaseError as error:  # the next beat may find it back
            log.warning("heartbeat_missed", error=str(error))
            connection.close()
    connection.close()


def _facts(
    *, level: str, reason: str, report: dict[str, Any], queues: list[str], grading: bool
) -> dict[str, Any]:
    device = str(report.get("device") or "")
    allowed = [queue for queue in queues if grading or queue not in BOXED_QUEUES]
    if not device:
        allowed = [queue for queue in allowed if queue != "gpu"]
    return {
        "level": level,
        "grading": grading,
        "reason": reason,
        "queues": allowed,
        "runtimes": ["numpy", "torch"] if grading else [],
        "device": device,
        "report": {**report, "pid": os.getpid()},
    }


def _level_name(level: grader.Level) -> str:
    return level.name.lower().replace("_", "-")


def _why(report: dict[str, Any], required: grader.Level) -> str:
    missing = [layer for layer in report.get("layers", []) if not (layer.get("ok") or layer.get("optional"))]
    cures = " ".join(str(layer.get("cure") or "") for layer in missing).strip()
    names = ", ".join(str(layer.get("name")) for layer in missing) or "a layer"
    sentence = (
        f"This machine isolates less than grading asks for ({_level_name(required)}): {names} is missing."
    )
    return f"{sentence} {cures}".strip()
