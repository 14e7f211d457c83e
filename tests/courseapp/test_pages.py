"""Every page, as a reader with or without an account gets it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import grader
from courseapp.accounts.models import User
from courseapp.exercises import actions as exercises
from courseapp.exercises.models import ExerciseVersion
from courseapp.grading import actions as grading
from courseapp.grading.models import Verdict
from courseapp.lessons.models import Course, Lesson, Unit
from courseapp.submissions.models import Draft, Submission
from tests.courseapp.factories import (
    RIGHT,
    WRONG,
    exercise_files,
    make_claimed,
    make_exercise,
    make_node,
    make_submission,
    make_user,
    make_version,
    on_gpu,
)
from tests.grader.factories import FORMULA, make_files

pytestmark = pytest.mark.django_db

LESSON = '+++\ntitle = "Twice"\n+++\n\n## Two {#two}\n\n::: exercise double\n:::\n\n::: exercises\n:::\n'
VERDICT = {
    "outcome": "failed",
    "headline": "Not passed yet. One check failed.",
    "points": 0,
    "max_points": 3,
    "stdout": "<script>alert(1)</script>",
    "usage": {"cpu_s": 0.1, "wall_s": 0.2, "peak_mb": 10.0},
    "checks": [
        {
            "name": "Twice <b>",
            "kind": "value",
            "outcome": "mismatch",
            "points": 0,
            "max_points": 2,
            "visibility": "all",
            "sentence": "`y` is <i>wrong</i>.",
            "evidence": {"value": "y", "got": "</dd><script>", "expected": 6.0, "input": "x = '<script>'"},
        },
    ],
}


@pytest.fixture
def student() -> User:
    return make_user("ada")


@pytest.fixture
def signed_in(client: Client, student: User) -> Client:
    client.force_login(student)
    return client


def finished(student: User, **facts: Any) -> Submission:
    """A submission of the student with the verdict above."""
    submission = make_claimed(student=student, number=facts.pop("number", 1), source=WRONG, **facts)
    verdict = Verdict(data=VERDICT, passed=False, points=0, max_points=3)
    grading.finish(submission=submission, verdict=verdict)
    return submission


@pytest.mark.parametrize(
    "name", ["course_map", "how_graded", "accessibility", "account_login", "account_signup"]
)
def test_pages_that_need_no_account(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    page = response.content.decode()
    assert "<style" not in page.replace("<style>path", "")
    assert " style=" not in page


def test_the_map_lists_units_and_exercises(client: Client) -> None:
    make_exercise()
    page = client.get("/").content.decode()
    assert "Exercise 901, Doubling" in page
    assert "lesson in preparation" in page
    assert "1 exercise" in page


def test_the_map_says_how_long_and_how_hard(client: Client) -> None:
    exercise = make_exercise()
    Lesson.objects.create(unit=exercise.unit, source=LESSON)
    page = client.get("/").content.decode()
    assert "lesson and 1 exercise, about 5 minutes of practice" in page
    assert 'title="Doubling, medium"' in page


TASTER = (
    '+++\ntitle = "A walk"\nminutes = 30\n+++\n\n## One {#one}\n\n'
    "::: figure descent\nHere.\n:::\n\n::: exercise double\n:::\n"
)


def test_the_taster_is_offered_and_can_be_read_without_an_account(client: Client) -> None:
    make_exercise()
    Course.objects.create(pk=1, title="A course", taster=TASTER)
    assert f'href="{reverse("taster")}">Look around for 30 minutes' in client.get("/").content.decode()
    page = client.get(reverse("taster")).content.decode()
    assert '<span class="sec">1</span>One' in page
    assert '<span class="fig-n">Figure 1</span>' in page
    assert "about 30 minutes" in page
    assert 'double(x) <span class="nowrap">-&gt; float</span>' in page


def test_without_a_taster_none_is_offered(client: Client) -> None:
    Course.objects.create(pk=1, title="A course")
    assert reverse("taster") not in client.get("/").content.decode()
    assert client.get(reverse("taster")).status_code == 404


def test_an_exercise_says_what_it_builds_on_and_leads_to(signed_in: Client, student: User) -> None:
    first = make_exercise()
    toml = exercise_files(number=902, slug="again")["exercise.toml"]
    needs = toml.replace("minutes = 5", 'minutes = 5\ndifficulty = "hard"\nprerequisites = ["double"]')
    later = make_exercise(number=902, slug="again", publish=False)
    version = later.versions.get()
    exercises.edit_draft(version=version, files=version.files | {"exercise.toml": needs})
    version.refresh_from_db()
    exercises.publish(version=version)
    finished(student, exercise=first)
    before, after = (
        signed_in.get(reverse("exercise", args=[slug])).content.decode() for slug in ("double", "again")
    )
    assert 'Leads to <a href="/exercises/again/">902 Doubling</a>, open' in before
    assert "Builds on" not in before
    assert 'Builds on <a href="/exercises/double/">901 Doubling</a>, begun' in after
    assert "<span>hard</span>" in after


def test_the_map_says_where_the_student_left_off(signed_in: Client, student: User) -> None:
    finished(student)
    page = signed_in.get("/").content.decode()
    assert "Where you left off" in page
    assert "Not passed yet. One check failed." in page
    assert "Continue exercise 901" in page


def test_a_lesson_shows_its_exercises_in_place(client: Client) -> None:
    exercise = make_exercise()
    Lesson.objects.create(unit=exercise.unit, source=LESSON)
    page = client.get(reverse("lesson", args=[9])).content.decode()
    assert '<span class="sec">9.1</span>Two' in page
    assert 'double(x) <span class="nowrap">-&gt; float</span>' in page
    assert "\x00" not in page


def test_a_unit_without_a_lesson_says_so(client: Client) -> None:
    Unit.objects.create(number=8, slug="later", title="Later")
    assert "in preparation" in client.get(reverse("lesson", args=[8])).content.decode()
    assert client.get(reverse("lesson", args=[7])).status_code == 404


def test_the_exercise_page_can_be_read_signed_out(client: Client) -> None:
    make_exercise()
    page = client.get(reverse("exercise", args=["double"])).content.decode()
    assert "def double(x):" in page
    assert "Sign in to submit" in page


def test_formulas_are_written_in_a_text_file(signed_in: Client) -> None:
    files = make_files(FORMULA, number=901)
    exercise = make_exercise(slug="cubes", publish=False)
    version = exercise.versions.get()
    ExerciseVersion.objects.filter(pk=version.pk).update(
        files=files, digest=grader.exercise_from_files(files).digest
    )
    version.refresh_from_db()
    exercises.publish(version=version)
    page = signed_in.get(reverse("exercise", args=["cubes"])).content.decode()
    assert '<span class="file">cubes.txt</span>' in page
    assert "cube&#x27;(x) =\narea(a, b) =" in page
    assert "<span>Formulas</span>" in page
    signed_in.post(reverse("submit", args=["cubes"]), {"source": "cube'(x) = 3x²\r\narea = a b/2"})
    assert Submission.objects.get().source == "cube'(x) = 3x²\narea = a b/2"


def test_hints_come_one_at_a_time(client: Client) -> None:
    make_exercise()
    assert client.get(reverse("hints", args=["double"]), {"hints": "7"}).status_code == 200
    assert client.get(reverse("hints", args=["double"]), {"hints": "x"}).status_code == 200


@pytest.mark.parametrize("name", ["submit", "run", "draft"])
def test_sending_code_needs_an_account(client: Client, name: str) -> None:
    make_exercise()
    address = reverse(name, args=["double"])
    plain = client.post(address, {"source": RIGHT}, HTTP_REFERER="http://testserver/exercises/double/")
    assert plain.status_code == 302
    assert plain["Location"] == "/accounts/login/?next=%2Fexercises%2Fdouble%2F"
    swapped = client.post(address, {"source": RIGHT}, headers={"HX-Request": "true"})
    assert swapped["HX-Redirect"].startswith("/accounts/login/")
    script = client.post(address, {"source": RIGHT}, headers={"X-Requested-With": "fetch"})
    assert script.status_code == 401
    assert "Sign in" in json.loads(script.content)["sentence"]
    assert not Submission.objects.exists()


def test_a_submission_without_scripts_leads_to_its_page(signed_in: Client) -> None:
    make_exercise()
    response = signed_in.post(
        reverse("submit", args=["double"]), {"source": "def double(x):\r\n    return 2 * x\r\n"}
    )
    submission = Submission.objects.get()
    assert response["Location"] == reverse("submission", args=[submission.pk])
    assert submission.source == "def double(x):\n    return 2 * x\n"


def test_a_submission_with_scripts_gets_its_panel(signed_in: Client) -> None:
    make_exercise()
    response = signed_in.post(
        reverse("submit", args=["double"]), {"source": RIGHT}, headers={"HX-Request": "true"}
    )
    page = response.content.decode()
    assert page.startswith('<verdict-stream class="verdict" id="result"')
    assert "data-live" in page
    assert "Waiting for a machine that can grade." in page


def test_a_refusal_stands_beside_the_buttons(signed_in: Client) -> None:
    make_exercise()
    response = signed_in.post(
        reverse("submit", args=["double"]), {"source": " "}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#refusal"
    assert "There is no code to grade yet." in response.content.decode()
    assert (
        "There is no code"
        in signed_in.post(reverse("submit", args=["double"]), {"source": ""}).content.decode()
    )


def test_a_draft_is_kept_and_comes_back(signed_in: Client, student: User) -> None:
    make_exercise()
    assert signed_in.post(reverse("draft", args=["double"]), {"source": "x = 1 < 2\n"}).status_code == 204
    assert Draft.objects.get(student=student).source == "x = 1 < 2\n"
    assert "x = 1 &lt; 2" in signed_in.get(reverse("exercise", args=["double"])).content.decode()


def test_everything_a_student_or_the_judge_wrote_is_escaped(signed_in: Client, student: User) -> None:
    submission = finished(student)
    for name in ("submission", "submission_panel", "submission_diff"):
        page = signed_in.get(reverse(name, args=[submission.pk])).content.decode()
        assert "<script>" not in page
        assert "<i>wrong" not in page
        assert "Twice <b>" not in page
    assert (
        "<code>y</code> is &lt;i&gt;wrong&lt;/i&gt;."
        in signed_in.get(reverse("submission", args=[submission.pk])).content.decode()
    )


@pytest.mark.parametrize("name", ["", "_panel", "_events", "_diff", "_source"])
def test_nobody_sees_the_submission_of_somebody_else(client: Client, student: User, name: str) -> None:
    submission = finished(student)
    address = reverse(f"submission{name}", args=[submission.pk])
    assert client.get(address).status_code in (302, 401)
    client.force_login(make_user())
    assert client.get(address).status_code == 404


def test_code_can_be_restored_and_compared(signed_in: Client, student: User) -> None:
    first = finished(student, number=1)
    make_submission(student=student, exercise=first.exercise, number=2, source=RIGHT)
    second = Submission.objects.get(number=2)
    page = signed_in.get(reverse("submission_diff", args=[second.pk])).content.decode()
    assert 'class="del"' in page
    assert 'class="add"' in page
    assert signed_in.get(reverse("submission_source", args=[first.pk])).content.decode() == WRONG
    assert signed_in.post(reverse("submission_restore", args=[first.pk]))["Location"] == "/exercises/double/"
    assert Draft.objects.get(student=student).source == WRONG


def test_a_fragment_says_where_to_follow_it(signed_in: Client) -> None:
    response = signed_in.post(reverse("run_fragment"), {"source": "print(1)", "runtime": "torch"})
    assert response.status_code == 202
    assert set(json.loads(response.content)) == {"events", "panel"}
    refused = signed_in.post(reverse("run_fragment"), {"source": "print(1)", "runtime": "cuda"})
    assert refused.status_code == 422


def test_events_carry_the_panel_and_end_with_the_verdict(signed_in: Client, student: User) -> None:
    submission = finished(student)
    response = signed_in.get(reverse("submission_events", args=[submission.pk]))
    assert response["Content-Type"] == "text/event-stream"


def test_operators_see_the_nodes_and_students_do_not(client: Client, student: User) -> None:
    make_node(name="worker@a", reason="no user namespaces", grading=False)
    client.force_login(student)
    assert client.get(reverse("nodes")).status_code == 403
    client.force_login(make_user("grace", is_staff=True))
    page = client.get(reverse("nodes")).content.decode()
    assert "worker@a" in page
    assert "no user namespaces" in page


def test_grading_that_is_off_is_said_with_its_reason(client: Client) -> None:
    make_exercise()
    make_node(grading=False, reason="This host has no user namespaces.", level="none")
    assert "This host has no user namespaces." in client.get("/").content.decode()


def test_an_unknown_address_has_a_page(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_an_exercise_for_a_gpu_says_that_it_waits_for_one(client: Client) -> None:
    make_node()
    version = on_gpu(make_version(make_exercise()))
    exercises.publish(version=version)
    page = client.get(reverse("exercise", args=["double"])).content.decode()
    assert "This exercise waits for a GPU." in page
    assert "PyTorch on a GPU" in page

    make_node(queues=["gpu"])
    page = client.get(reverse("exercise", args=["double"])).content.decode()
    assert "waits for a GPU" not in page
