"""The site: lessons and exercises, submissions and their queue, verdicts and pages."""

from courseapp.celery import app as celery_app

__all__ = ["celery_app"]
