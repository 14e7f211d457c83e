"""The operators' page: which machines grade, and why some do not."""

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courseapp.nodes import queries
from courseapp.nodes.models import Node


def _staff(user: object) -> bool:
    if getattr(user, "is_authenticated", False) and not getattr(user, "is_staff", False):
        raise PermissionDenied
    return bool(getattr(user, "is_staff", False))


@user_passes_test(_staff)
def nodes(request: HttpRequest) -> HttpResponse:
    """Every node that ever reported itself; the silent ones are marked."""
    alive = {node.pk for node in queries.live_nodes()}
    rows = [{"node": node, "alive": node.pk in alive} for node in Node.objects.all()]
    return render(request, "nodes/nodes.html", {"section": "nodes", "rows": rows})
