"""Exercises that the course does not have, put into the running site for what only they show."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.stack import ROOT, Stack


def load(site: Stack, course: Path, **exercises: Mapping[str, str]) -> None:
    """Load the files of these exercises as a course that holds nothing else; the site keeps what it has."""
    for file in ("course.toml", "taster.md"):
        shutil.copy(ROOT / "exercises" / file, course)
    units = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/lesson.md"))
    for unit in units:
        (course / unit).mkdir()
    for name, files in exercises.items():
        for path, text in files.items():
            place = course / units[0] / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    site.manage("load_course", str(course))
