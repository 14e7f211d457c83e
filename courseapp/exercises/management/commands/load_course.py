"""`manage.py load_course FOLDER`: the course in a folder becomes the course of the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import grader
from courseapp.exercises.actions import load_course


class Command(BaseCommand):
    help = "Load the course from a folder. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "exercises")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            loaded = load_course(folder)
        except grader.ExerciseError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"{loaded.units} units, {loaded.lessons} lessons; "
            f"exercises: {loaded.new_versions} new or changed, {loaded.unchanged} as they were."
        )
