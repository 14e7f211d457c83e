"""`manage.py load_course FOLDER`: the course in a folder becomes the course of the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

import grader
from courseapp.exercises.actions import load_course
from courseapp.lessons.models import Course


class Command(BaseCommand):
    help = "Load the course from a folder. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "exercises",
            help="the folder with course.toml; exercises/ of this checkout if none is given",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if Course._meta.db_table not in connection.introspection.table_names():
            database = settings.DATABASES["default"]["NAME"]
            raise CommandError(
                f"{database} is not the database of a site: it has no tables. Set NABLA_DATA as the site has "
                "it, or make them with `manage.py migrate`."
            )
        try:
            loaded = load_course(folder)
        except grader.ExerciseError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"{loaded.units} units, {loaded.lessons} lessons; "
            f"exercises: {loaded.new_versions} new or changed, {loaded.unchanged} as they were."
        )
        if loaded.replaced:
            self.stdout.write(
                "The folder's version replaces one that was published in the admin, and that is kept there: "
                f"{', '.join(loaded.replaced)}."
            )
        if loaded.elsewhere:
            self.stdout.write(f"Not in this folder, and still on the site: {', '.join(loaded.elsewhere)}.")
