"""Whether submissions are being graded, and by whom."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from courseapp.nodes.models import Node

SILENT_AFTER = timedelta(seconds=45)  # three missed heartbeats


@dataclass(frozen=True)
class GradingStatus:
    """What the pages say: whether grading is on, at which level, and the sentence for the reader."""

    on: bool
    level: str
    sentence: str
    warning: str = ""


def live_nodes() -> list[Node]:
    """Nodes heard of lately, by name."""
    return list(Node.objects.filter(heartbeat__gte=timezone.now() - SILENT_AFTER).order_by("name"))


def grading_status() -> GradingStatus:
    """Grading is on when some node reports that it grades."""
    nodes = live_nodes()
    graders = [node for node in nodes if node.grading]
    if not graders:
        return GradingStatus(False, nodes[0].level if nodes else "none", _why_off(nodes))
    level = min((node.level for node in graders), key=("none", "reduced", "shared-uid", "full").index)
    warning = ""
    if level == "reduced":
        warning = "Grading runs with reduced isolation. That is for one's own machine only."
    return GradingStatus(True, level, "", warning)


def has_grader_for(queue: str) -> bool:
    """Whether a live node takes submissions from this queue."""
    return any(node.grading and queue in node.queues for node in live_nodes())


def _why_off(nodes: list[Node]) -> str:
    reasons = [node.reason for node in nodes if node.reason]
    if reasons:
        return reasons[0]
    return "No grading node reports itself. What you submit is kept and graded as soon as one is back."
