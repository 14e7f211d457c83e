"""Every exercise of the course, passed once in a browser with a stored solution."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import grader
from tests.e2e import made_up
from tests.e2e.stack import ROOT, Stack
from tests.e2e.student import VERDICT_MS, sign_up, submit, write

FOLDERS = sorted(path.parent for path in (ROOT / "exercises").glob("*/*/exercise.toml"))
UNITS = sorted({folder.parent for folder in FOLDERS})
TORCH = [folder for folder in FOLDERS if 'runtime = "torch"' in (folder / "exercise.toml").read_text()]

Student = dict[str, Any]  # what a browser keeps of a session


@pytest.fixture(scope="session")
def students(browser: Browser, site: Stack) -> dict[Path, Student]:
    """One for each unit: nobody may hand in more than a dozen times a minute."""
    return {unit: _student(browser, site) for unit in UNITS}


def _student(browser: Browser, site: Stack) -> Student:
    context = browser.new_context()
    sign_up(context.new_page(), site)
    kept = context.storage_state()
    context.close()
    return dict(kept)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], students: dict[Path, Student], folder: Path) -> Page:
    """A page of the student of this exercise's unit."""
    return new_context(storage_state=students[folder.parent]).new_page()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_stored_solution_passes(page: Page, site: Stack, folder: Path, complaints: list[str]) -> None:
    exercise = grader.load_exercise(folder)
    hand_in(page, site, exercise)
    if exercise.queue is grader.Queue.GPU:
        assert_waits_for_a_gpu(page)
    else:
        assert_passes_with_all_points(page, exercise)
    assert complaints == []


@pytest.mark.parametrize("folder", TORCH[:1], ids=lambda folder: folder.name)
def test_without_a_gpu_its_submissions_wait(page: Page, site: Stack, folder: Path, tmp_path: Path) -> None:
    twin = on_the_gpu_queue(grader.load_exercise(folder))
    made_up.load(site, tmp_path, twin=twin.files)
    hand_in(page, site, twin)
    assert_waits_for_a_gpu(page)


def hand_in(page: Page, site: Stack, exercise: grader.Exercise) -> None:
    """A stored solution that is declared right, by way of the editor."""
    accepted = next(one.file for one in exercise.solutions if one.outcome == "accepted")
    page.goto(f"{site.url}/exercises/{exercise.slug}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(exercise.title)
    write(page, exercise.files[accepted])
    submit(page)


def assert_passes_with_all_points(page: Page, exercise: grader.Exercise) -> None:
    """The streamed verdict, and what the head of the page says then."""
    result = page.locator("#result")
    expect(result.get_by_role("heading", level=2)).to_contain_text("Passed.", timeout=VERDICT_MS)
    expect(result.get_by_role("status")).to_contain_text("verdict after")
    expect(result.locator(".score")).to_contain_text(f"{exercise.max_points} of {exercise.max_points} point")
    expect(result.locator(".checks .pass")).to_have_count(len(exercise.checks))
    expect(page.locator(".task-head .state.pass")).to_contain_text(f"{exercise.max_points} of")


def assert_waits_for_a_gpu(page: Page) -> None:
    """No machine here has one."""
    result = page.locator("#result")
    headline = result.get_by_role("heading", level=2)
    expect(headline).to_have_text("Waiting for a machine with a GPU.", timeout=VERDICT_MS)
    expect(result.locator(".stages .now")).to_contain_text("Queued")


def on_the_gpu_queue(exercise: grader.Exercise) -> grader.Exercise:
    """The same under another name."""
    text = exercise.files["exercise.toml"]
    changes = {"number": "99", "slug": '"on_the_gpu"', "queue": '"gpu"', "prerequisites": "[]"}
    for name, value in changes.items():
        text, found = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text, count=1)
        assert found, name
    return grader.exercise_from_files({**exercise.files, "exercise.toml": text})
