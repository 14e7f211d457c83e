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


def lose_device(*, name: str, reason: str) -> None:
    """Record that a node's GPU can no longer be used, and that it takes nothing from that queue."""
    for node in Node.objects.filter(name=name):
        node.device, node.reason = "", reason
        node.queues = [queue for queue in node.queues if queue != "gpu"]
        node.save(update_fields=["device", "reason", "queues"])


def retire_node(*, name: str) -> None:
    """Forget a node that has shut down in order."""
    Node.objects.filter(name=name).delete()
