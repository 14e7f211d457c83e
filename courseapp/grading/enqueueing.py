"""Nudges: to the workers that a row waits, to the pages that a row has changed. Losing one loses nothing."""

from datetime import timedelta
from functools import cache

import redis
import structlog
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

import grader
from courseapp.claims import Claimable
from courseapp.exercises.models import GateRun
from courseapp.nodes.queries import has_grader_for
from courseapp.submissions.models import Bundle, Submission

log = structlog.get_logger(__name__)

TASKS: dict[type[Claimable], str] = {
    Submission: "courseapp.grading.tasks.grade_submission",
    GateRun: "courseapp.grading.tasks.run_gate",
    Bundle: "courseapp.grading.tasks.make_bundle",
}
AUTHORING = "authoring"


def enqueue(row: Claimable, *, delay: int = 0) -> None:
    """Tell the queue's workers, after `delay` seconds. Should the broker be away, requeue_lost does it."""
    from courseapp.celery import app

    heard = timezone.now() + timedelta(seconds=delay)
    type(row)._default_manager.filter(pk=row.pk).update(enqueued=heard)
    task = TASKS[type(row)]
    try:
        app.send_task(task, args=[str(row.pk)], queue=queue_of(row), countdown=delay or None, retry=False)
    except OperationalError as error:
        log.warning("broker_away", row=str(row.pk), error=str(error))


def queue_of(row: Claimable) -> str:
    """Where this row waits. The gate of an exercise for a GPU is run on one, if some node has one."""
    if isinstance(row, Bundle):
        row = row.submission
    if isinstance(row, Submission):
        return row.queue
    gpu = isinstance(row, GateRun) and row.version.parsed.queue is grader.Queue.GPU
    return str(grader.Queue.GPU) if gpu and has_grader_for(grader.Queue.GPU) else AUTHORING


def nudges_waiting(queue: str) -> int:
    """How many nudges a queue holds; 0 when the broker is away, so that a later one is not missed."""
    try:
        return int(broker().llen(queue))
    except redis.RedisError:
        return 0


def channel(submission_id: object) -> str:
    """The Redis channel on which changes of a submission are announced."""
    return f"submission:{submission_id}"


def announce(submission_id: object) -> None:
    """Tell the pages that show this submission to read its row again."""
    try:
        broker().publish(channel(submission_id), "changed")
    except redis.RedisError as error:
        log.warning("broker_away", submission=str(submission_id), error=str(error))


@cache
def broker() -> redis.Redis:
    """This process's connections to the broker; a broker that is away costs a second, not a minute."""
    return redis.Redis.from_url(settings.BROKER_URL, socket_timeout=1, socket_connect_timeout=1)
