"""Grading nodes in the admin; the page under /nodes/ says the same more clearly."""

from django.contrib import admin

from courseapp.admin_site import ReadOnlyAdmin
from courseapp.nodes.models import Node


@admin.register(Node)
class NodeAdmin(ReadOnlyAdmin):
    """What each worker last said of itself."""

    list_display = ("name", "grading", "level", "queues", "device", "heartbeat", "reason")
