"""Whether grading is on, and what is said when it is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courseapp.nodes import actions, queries
from courseapp.nodes.models import Node
from tests.courseapp.factories import make_node

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=5)


def test_grading_is_off_without_a_node() -> None:
    status = queries.grading_status()
    assert not status.on
    assert "kept" in status.sentence


def test_grading_is_on_with_a_node_that_grades() -> None:
    make_node()
    assert queries.grading_status().on


def test_a_silent_node_does_not_count() -> None:
    make_node(heartbeat=timezone.now() - LONG_AGO)
    assert not queries.grading_status().on


def test_a_node_below_the_level_says_why() -> None:
    make_node(grading=False, level="none", reason="No user namespaces. Set this and that.")
    status = queries.grading_status()
    assert (status.on, status.level) == (False, "none")
    assert status.sentence == "No user namespaces. Set this and that."


def test_reduced_isolation_is_said_on_every_page() -> None:
    make_node(level="reduced")
    assert "reduced isolation" in queries.grading_status().warning


def test_a_gpu_queue_needs_a_node_that_takes_from_it() -> None:
    make_node()
    assert queries.has_grader_for("cpu")
    assert not queries.has_grader_for("gpu")
    make_node(queues=["gpu"])
    assert queries.has_grader_for("gpu")


def test_a_node_reports_beats_and_signs_off() -> None:
    facts = {"level": "full", "grading": True, "queues": ["cpu"]}
    actions.report_node(name="one", facts=facts)
    Node.objects.update(heartbeat=timezone.now() - LONG_AGO)
    actions.beat_node(name="one")
    assert queries.grading_status().on
    actions.report_node(name="one", facts=facts | {"grading": False, "reason": "why"})
    assert Node.objects.get().reason == "why"
    actions.retire_node(name="one")
    assert not Node.objects.exists()
