"""The queue. Rows in the database are the truth; what travels here are nudges with an id."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import after_task_publish, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courseapp.settings")

app = Celery("courseapp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def keep_djangos_logging(**_: object) -> None:
    """Django's LOGGING stands: a receiver here keeps Celery from putting its own in place."""


@after_task_publish.connect
def touch_pulse(**_: object) -> None:
    """Where NABLA_PULSE names a file, its age says how long ago this process last reached the broker."""
    if pulse := os.environ.get("NABLA_PULSE"):
        Path(pulse).touch()
