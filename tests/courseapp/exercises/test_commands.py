"""The course goes into the database and comes back as the same files."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

import grader
from tests.courseapp.factories import make_exercise

pytestmark = pytest.mark.django_db
COURSE = settings.BASE_DIR / "exercises"


def texts(folder: Path) -> dict[str, str]:
    """Every file that an exercise or a lesson is read from."""
    course = grader.load_course(folder)
    files = {f"{unit.slug}/lesson.md": unit.lesson for unit in course.units if unit.lesson}
    files["taster.md"] = course.taster or ""
    return files | {
        f"{exercise.slug}/{path}": text
        for exercise in course.exercises
        for path, text in exercise.files.items()
    }


def test_the_course_is_exported_as_it_was_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_course")
    call_command("export_course", str(tmp_path / "out"))
    assert texts(tmp_path / "out") == texts(COURSE)


def test_an_export_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_course", str(tmp_path))


def test_a_course_that_does_not_load_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('title = "x"\n')
    with pytest.raises(CommandError, match=r"course\.toml"):
        call_command("load_course", str(tmp_path))


def test_a_database_without_tables_is_told_of_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"it has no tables\. Set NABLA_DATA as the site has it"):
        call_command("load_course")


def test_loading_says_what_the_site_has_beside_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    make_exercise(slug="elsewhere", number=990)
    call_command("load_course")
    assert "Not in this folder, and still on the site: elsewhere." in capsys.readouterr().out
