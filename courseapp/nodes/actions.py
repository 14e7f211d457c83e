"""What nodes write about themselves."""

from typing import Any

from django.utils import timezone

from courseapp.nodes.models import Node


def report_node(*, name: str, facts: dict[str, Any]) -> None:
    """Record a node's self-check and that it lives."""
    Node.objects.update_or_create(name=name, defaults={**facts, "heartbeat": timezone.now()})


def beat_node(*, name: str) -> None:
    """Record that a node lives."""
    Node.objects.filter(name=name).update(heartbeat=timezone.now())


def retire_node(*, name: str) -> None:
    """Forget a node that has shut down in order."""
    Node.objects.filter(name=name).delete()
