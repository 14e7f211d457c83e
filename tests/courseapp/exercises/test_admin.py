"""What an instructor does with exercises in the admin, and what nobody else can."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from courseapp.accounts.actions import ensure_account
from courseapp.accounts.models import User
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun
from tests.courseapp.factories import exercise_files, make_exercise, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def instructor(client: Client) -> Client:
    """Signed in with exactly the permissions of the group."""
    client.force_login(ensure_account(username="instructor", password="pw", instructor=True))
    return client


@pytest.fixture
def draft() -> ExerciseVersion:
    """A draft of version 2 of a published exercise."""
    return make_version(make_exercise())


def address(version: ExerciseVersion) -> str:
    return reverse("admin:exercises_exerciseversion_change", args=[version.pk])


def fields(client: Client, version: ExerciseVersion) -> dict[str, str]:
    """The form as the browser would send it back."""
    form = client.get(address(version)).context["adminform"].form
    return {name: form[name].value() or "" for name in form.fields}


def named(client: Client, version: ExerciseVersion, path: str) -> str:
    """The field of that file."""
    form = client.get(address(version)).context["adminform"].form
    return next(name for name, at in form.paths.items() if at == path)


def test_an_instructor_sees_every_file_of_a_draft(instructor: Client, draft: ExerciseVersion) -> None:
    page = instructor.get(address(draft)).content.decode()
    assert "Return twice $x$." in page
    for path in exercise_files():
        assert path in page


def test_saving_changes_the_draft(instructor: Client, draft: ExerciseVersion) -> None:
    sent = fields(instructor, draft) | {named(instructor, draft, "statement.md"): "Return\r\ntwo $x$.\r\n"}
    reply = instructor.post(address(draft), sent)
    assert reply.status_code == 302
    draft.refresh_from_db()
    assert draft.files["statement.md"] == "Return\ntwo $x$.\n"
    assert draft.files["reference.py"] == exercise_files()["reference.py"]


def test_saving_without_a_change_keeps_the_digest(instructor: Client, draft: ExerciseVersion) -> None:
    old = draft.digest
    instructor.post(address(draft), fields(instructor, draft))
    draft.refresh_from_db()
    assert draft.digest == old


def test_a_file_that_does_not_load_is_refused_where_it_stands(
    instructor: Client, draft: ExerciseVersion
) -> None:
    field = named(instructor, draft, "exercise.toml")
    broken = draft.files["exercise.toml"].replace("points = 2", 'points = "two"')
    reply = instructor.post(address(draft), fields(instructor, draft) | {field: broken})
    assert reply.status_code == 200
    assert "points" in str(reply.context["adminform"].form.errors[field])
    draft.refresh_from_db()
    assert draft.files == exercise_files()


def test_a_solution_can_be_added_and_removed(instructor: Client, draft: ExerciseVersion) -> None:
    toml = draft.files["exercise.toml"] + '\n[[solutions]]\nfile = "solutions/two.py"\noutcome = "accepted"\n'
    sent = fields(instructor, draft) | {
        named(instructor, draft, "exercise.toml"): toml,
        "new_path": "solutions/two.py",
        "new_text": "def double(x):\n    return 2 * x\n",
    }
    instructor.post(address(draft), sent)
    draft.refresh_from_db()
    assert "solutions/two.py" in draft.files
    sent = fields(instructor, draft) | {
        named(instructor, draft, "exercise.toml"): exercise_files()["exercise.toml"],
        named(instructor, draft, "solutions/two.py"): "",
    }
    instructor.post(address(draft), sent)
    draft.refresh_from_db()
    assert draft.files == exercise_files()


def test_another_slug_is_refused(instructor: Client, draft: ExerciseVersion) -> None:
    field = named(instructor, draft, "exercise.toml")
    other = draft.files["exercise.toml"].replace('slug = "double"', 'slug = "triple"')
    reply = instructor.post(address(draft), fields(instructor, draft) | {field: other}, follow=True)
    assert "cannot change" in reply.content.decode()
    draft.refresh_from_db()
    assert draft.files == exercise_files()


def test_a_published_version_can_be_read_and_not_changed(instructor: Client) -> None:
    version = make_exercise().published
    sent = fields(instructor, version) | {named(instructor, version, "statement.md"): "Other.\n"}
    page = instructor.get(address(version)).content.decode()
    assert "make a new draft" in page
    assert 'name="_save"' not in page
    instructor.post(address(version), sent)
    assert ExerciseVersion.objects.get(pk=version.pk).files == exercise_files()


def test_a_new_draft_is_made_from_a_published_version(instructor: Client) -> None:
    version = make_exercise().published
    reply = instructor.post(address(version), fields(instructor, version) | {"_draft": "1"})
    draft = ExerciseVersion.objects.get(state="draft")
    assert reply["Location"] == address(draft)
    assert (draft.number, draft.files) == (2, version.files)


def test_the_gate_is_started_on_what_was_just_saved(instructor: Client, draft: ExerciseVersion) -> None:
    sent = fields(instructor, draft) | {
        named(instructor, draft, "statement.md"): "Return $2x$.\n",
        "_gate": "1",
    }
    instructor.post(address(draft), sent)
    draft.refresh_from_db()
    run = GateRun.objects.get()
    assert draft.files["statement.md"] == "Return $2x$.\n"
    assert (run.version, run.digest, run.status) == (draft, draft.digest, "queued")
    assert run.requested_by.username == "instructor"


def test_the_gate_can_be_run_on_a_published_version(instructor: Client) -> None:
    version = make_exercise().published
    instructor.post(address(version), fields(instructor, version) | {"_gate": "1"})
    assert GateRun.objects.get().version == version


def test_the_report_is_shown_in_the_page(instructor: Client, draft: ExerciseVersion) -> None:
    row = {
        "program": "solutions/<b>.py",
        "declared": "wrong",
        "observed": "passed",
        "ok": False,
        "remark": "!",
    }
    GateRun.objects.create(
        version=draft, digest=draft.digest, status="failed", report={"ok": False, "rows": [row]}
    )
    page = instructor.get(address(draft)).content.decode()
    assert "Not passed." in page
    assert "solutions/&lt;b&gt;.py" in page
    assert "hx-get" not in page.split('id="gate"')[1].split("</section>")[0]


def test_a_report_that_is_awaited_is_looked_for_again(instructor: Client, draft: ExerciseVersion) -> None:
    GateRun.objects.create(version=draft, digest=draft.digest)
    part = instructor.get(reverse("admin:exercise_gate", args=[draft.pk])).content.decode()
    assert 'hx-trigger="every 2s"' in part
    assert "Queued for a worker." in part


def test_publishing_waits_for_the_gate(instructor: Client, draft: ExerciseVersion) -> None:
    reply = instructor.post(address(draft), fields(instructor, draft) | {"_publish": "1"}, follow=True)
    assert "Run the gate first" in reply.content.decode()
    GateRun.objects.create(version=draft, digest="0" * 64, status="passed")  # of other files
    instructor.post(address(draft), fields(instructor, draft) | {"_publish": "1"})
    assert Exercise.objects.get().published != draft
    GateRun.objects.create(version=draft, digest=draft.digest, status="passed")
    instructor.post(address(draft), fields(instructor, draft) | {"_publish": "1"})
    assert Exercise.objects.get().published == draft


def test_versions_are_neither_added_nor_deleted_by_hand(instructor: Client, draft: ExerciseVersion) -> None:
    assert instructor.get(reverse("admin:exercises_exerciseversion_add")).status_code == 403
    delete = reverse("admin:exercises_exerciseversion_delete", args=[draft.pk])
    assert instructor.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "page", ["exercises_exercise", "exercises_exerciseversion", "lessons_lesson", "lessons_unit"]
)
def test_an_instructor_sees_the_lists(instructor: Client, draft: ExerciseVersion, page: str) -> None:
    assert instructor.get(reverse(f"admin:{page}_changelist")).status_code == 200


def test_an_exercise_lists_its_versions(instructor: Client, draft: ExerciseVersion) -> None:
    page = instructor.get(reverse("admin:exercises_exercise_change", args=[draft.exercise_id]))
    assert address(draft) in page.content.decode()


@pytest.mark.parametrize("who", [None, "student", "staff"])
def test_nobody_else_gets_in(client: Client, draft: ExerciseVersion, who: str | None) -> None:
    if who:
        client.force_login(make_user(is_staff=who == "staff"))
    for url in (address(draft), reverse("admin:exercise_gate", args=[draft.pk])):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"_gate": "1"}).status_code in (302, 403)
    assert not GateRun.objects.exists()


def test_a_student_who_asks_for_the_admin_is_turned_away(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("admin:login")).status_code == 403


def test_signing_in_is_the_site_s_own(client: Client) -> None:
    reply = client.get(reverse("admin:index"), follow=True)
    assert reply.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_the_admin_s_pages_run_no_inline_script(instructor: Client, draft: ExerciseVersion) -> None:
    reply = instructor.get(address(draft))
    policy = {directive.strip() for directive in reply["Content-Security-Policy"].split(";")}
    assert {"script-src 'self' 'unsafe-eval'", "style-src 'self'"} < policy
    page = reply.content.decode()
    assert "<style" not in page
    assert all(" src=" in tag.split(">")[0] for tag in page.split("<script")[1:])


def test_the_rest_of_the_site_keeps_the_strict_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_an_instructor_cannot_make_themselves_an_operator(instructor: Client) -> None:
    me = User.objects.get(username="instructor")
    assert instructor.get(reverse("admin:accounts_user_changelist")).status_code == 403
    url = reverse("admin:accounts_user_change", args=[me.pk])
    assert instructor.post(url, {"is_superuser": "on"}).status_code == 403


def test_a_version_is_found_by_the_words_of_its_exercise(instructor: Client, draft: ExerciseVersion) -> None:
    versions = reverse("admin:exercises_exerciseversion_changelist")
    assert address(draft) in instructor.get(versions, {"q": "doubl"}).content.decode()
    assert address(draft) not in instructor.get(versions, {"q": "nothing"}).content.decode()


def test_an_exercise_links_to_its_versions(instructor: Client, draft: ExerciseVersion) -> None:
    page = instructor.get(reverse("admin:exercises_exercise_change", args=[draft.exercise.pk]))
    links = re.findall(r'<a href="([^"]*)"[^>]*>version 2</a>', page.content.decode())
    assert links == [address(draft)]


def test_only_the_files_of_a_draft_can_be_removed(instructor: Client, draft: ExerciseVersion) -> None:
    words = "Leave it empty to remove the file."
    assert words in instructor.get(address(draft)).content.decode()
    assert words not in instructor.get(address(draft.exercise.published)).content.decode()
