"""`manage.py requeue`: bring back what was lost, and with ids retry what was given up."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from courseapp.grading import actions
from courseapp.submissions.models import Submission


class Command(BaseCommand):
    help = "Re-enqueue lost submissions; with ids, retry those that were given up or held."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", help="submissions that ended in error or are held")

    def handle(self, *args: Any, ids: list[str], **options: Any) -> None:
        if not ids:
            self.stdout.write(f"{actions.requeue_lost()} re-enqueued.")
            return
        for name in ids:
            state = "queued again" if self._retry(name) else "left as it is: neither given up nor held"
            self.stdout.write(f"{name}: {state}")

    def _retry(self, name: str) -> bool:
        try:
            return actions.retry(submission=Submission.objects.get(pk=name))
        except (Submission.DoesNotExist, ValidationError) as error:
            raise CommandError(f"There is no submission {name}.") from error
