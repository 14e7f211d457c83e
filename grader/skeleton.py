"""new_exercise(): a small exercise that passes its gate, for its author to turn into another one."""

from __future__ import annotations

import re
from keyword import iskeyword
from pathlib import Path

from grader.course import COURSE, next_number
from grader.errors import ExerciseError

FOLDER = Path(__file__).with_name("skeleton_files")
SLUG = re.compile(r"[a-z][a-z0-9_]*")


def new_exercise(unit: Path, slug: str) -> Path:
    """Make it in the folder of that unit, with the course's next free number. Raises ExerciseError."""
    if not SLUG.fullmatch(slug) or iskeyword(slug):
        due = "a slug of small letters, digits and underscores that Python can take for a name"
        raise ExerciseError(f"expected {due}, got {slug!r}")
    if not (unit.parent / COURSE).is_file():
        raise ExerciseError(f"{unit}: expected the folder of a unit, beside {COURSE}")
    if not unit.is_dir():
        raise ExerciseError(f"{unit}: there is no such folder")
    number = next_number(unit.parent, slug)
    folder = unit / f"{number:02d}-{slug.replace('_', '-')}"
    if folder.exists():
        raise ExerciseError(f"{folder}: is there already, and nothing was written")
    for path in sorted(FOLDER.rglob("*.txt")):
        text = path.read_text(encoding="utf-8").replace("NUMBER", str(number)).replace("SLUG", slug)
        made = folder / path.relative_to(FOLDER).with_suffix("")
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(text.replace("TITLE", slug.replace("_", " ").capitalize()), encoding="utf-8")
    return folder
