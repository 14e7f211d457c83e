"""Nudges: to the workers that a row waits, to the pages that a row has changed. Losing one loses nothing."""

import redis
import structlog
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from courseapp.submissions.models import Submission

log = structlog.get_logger(__name__)

TASK = "courseapp.grading.tasks.grade_submission"


def enqueue(submission: Submission) -> None:
    """Tell the queue's workers. When the broker is away, the periodic task does it later."""
    from courseapp.celery import app

    Submission.objects.filter(pk=submission.pk).update(enqueued=timezone.now())
    try:
        app.send_task(TASK, args=[str(submission.pk)], queue=submission.queue, retry=False)
    except OperationalError as error:
        log.warning("broker_away", submission=str(submission.pk), error=str(error))


def nudges_waiting(queue: str) -> int:
    """How many nudges a queue holds; 0 when the broker is away, so that a later one is not missed."""
    try:
        with redis.Redis.from_url(settings.BROKER_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            return int(client.llen(queue))
    except redis.RedisError:
        return 0


def channel(submission_id: object) -> str:
    """The Redis channel on which changes of a submission are announced."""
    return f"submission:{submission_id}"


def announce(submission_id: object) -> None:
    """Tell the pages that show this submission to read its row again."""
    try:
        with redis.Redis.from_url(settings.BROKER_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            client.publish(channel(submission_id), "changed")
    except redis.RedisError as error:
        log.warning("broker_away", submission=str(submission_id), error=str(error))
