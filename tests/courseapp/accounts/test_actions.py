"""Instructors may author and nothing else; the accounts of a trial stay the same."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from courseapp.accounts.actions import ensure_account, instructors
from courseapp.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_instructor_may_author_and_nothing_else() -> None:
    user = ensure_account(username="ines", password="pw", instructor=True)
    assert user.is_staff
    assert not user.is_superuser
    for allowed in (
        "lessons.change_lesson",
        "exercises.change_exerciseversion",
        "submissions.view_submission",
    ):
        assert user.has_perm(allowed)
    for app in ("accounts", "auth", "sessions", "admin", "account"):
        assert not user.has_module_perms(app)
    for refused in ("submissions.change_submission", "grading.change_verdict", "exercises.delete_exercise"):
        assert not user.has_perm(refused)


def test_the_group_is_put_right_again() -> None:
    group = instructors()
    before = set(group.permissions.all())
    group.permissions.clear()
    assert set(instructors().permissions.all()) == before


def test_a_session_outlives_a_second_start_of_the_trial(client: Client) -> None:
    client.force_login(ensure_account(username="student", password="pw"))
    ensure_account(username="student", password="pw")
    assert client.get("/account/").status_code == 200
    ensure_account(username="student", password="another")
    assert client.get("/account/").status_code == 302


def test_the_trial_s_passwords_are_made_once_and_kept_private(
    settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    settings.DATA_DIR = tmp_path
    call_command("demo")
    first = capsys.readouterr().out
    call_command("demo")
    assert capsys.readouterr().out == first
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0
    name, password = first.splitlines()[0].split()
    assert client.login(username=name, password=password)
    assert User.objects.get(username="instructor").is_staff
