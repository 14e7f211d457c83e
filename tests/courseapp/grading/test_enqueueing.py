"""What travels to the workers: an id, and the mark by which the logs of a click are found again."""

import pytest
import structlog
from kombu import Connection

from courseapp.exercises.models import GateRun
from courseapp.grading.enqueueing import enqueue, queue_of
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import make_exercise, make_node, make_submission, make_version, on_gpu

pytestmark = pytest.mark.django_db


def message(queue: str) -> dict[str, object]:
    """The newest message of a queue: its headers and what it asks for."""
    with Connection("memory://") as connection, connection.channel() as channel:
        found = channel.basic_get(queue, no_ack=True)
        return {**found.headers, "body": found.decode()}


def test_a_nudge_carries_an_id_and_the_request_that_caused_it() -> None:
    submission = make_submission()
    with structlog.contextvars.bound_contextvars(request_id="a-click"):
        enqueue(submission)
    sent = message("cpu")
    assert sent["task"] == "courseapp.grading.tasks.grade_submission"
    assert sent["body"][0] == [str(submission.pk)]
    assert sent["__django_structlog__"]["request_id"] == "a-click"


def test_a_submission_goes_to_the_queue_of_its_exercise(nudges: Nudges) -> None:
    submission = make_submission(queue="gpu")
    enqueue(submission)
    assert (queue_of(submission), nudges.count("gpu"), nudges.count("cpu")) == ("gpu", 1, 0)


def test_a_delayed_nudge_is_not_taken_for_lost() -> None:
    submission = make_submission()
    enqueue(submission, delay=60)
    submission.refresh_from_db()
    assert (submission.enqueued - submission.created).total_seconds() > 55
    assert message("cpu")["eta"]


@pytest.mark.parametrize(("queues", "queue"), [(["cpu", "gpu"], "gpu"), (["cpu"], "authoring")])
def test_the_gate_of_an_exercise_for_a_gpu_goes_where_one_is(queues: list[str], queue: str) -> None:
    make_node(queues=queues)
    version = on_gpu(make_version(make_exercise()))
    run = GateRun.objects.create(version=version, digest=version.digest, requested_by=None)
    assert queue_of(run) == queue
