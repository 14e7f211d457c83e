"""An instructor's afternoon in the admin, in a browser, with the real gate on the real worker."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.stack import Stack

GATE_MS = 120_000


def sign_in(page: Page, site: Stack) -> None:
    """As the instructor whom `manage.py demo` makes."""
    site.manage("demo")
    password = json.loads(Path(site.data, "demo.json").read_text())["instructor"]
    page.goto(f"{site.url}/admin/")
    page.locator("input[name=login]").fill("instructor")
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()


def new_draft(page: Page, site: Stack, title: str) -> None:
    """From the list of exercises to a draft of the next version."""
    page.goto(f"{site.url}/admin/exercises/exercise/")
    page.get_by_role("link", name=title, exact=True).click()
    address = page.locator("a[href*='/exerciseversion/'][href$='/change/']").first.get_attribute("href")
    page.goto(f"{site.url}{address}")
    page.get_by_role("button", name="New draft from this version").click()


def test_an_instructor_drafts_gates_and_publishes(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_in(page, site)
    expect(page).to_have_url(f"{site.url}/admin/")
    new_draft(page, site, "The central difference")
    expect(page.get_by_text("A draft of version 2")).to_be_visible()

    statement = page.get_by_label("statement.md")
    statement.fill("Estimate the slope. Written in the admin.\n")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Run the gate first")).to_be_visible()

    page.get_by_role("button", name="Save and run the gate").click()
    gate = page.locator("#gate")
    expect(gate).to_contain_text("Passed.", timeout=GATE_MS)
    expect(gate.get_by_role("rowheader", name="solutions/forward_difference.py")).to_be_visible()

    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Students now work on this version")).to_be_visible()
    page.goto(f"{site.url}/exercises/central_difference/")
    expect(page.get_by_text("Written in the admin.")).to_be_visible()
    assert complaints == []


def test_a_file_that_does_not_load_says_where(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_in(page, site)
    new_draft(page, site, "Gradient descent")
    page.get_by_label("reference.py").fill("def cases(:\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("reference.py: expected valid Python")).to_be_visible()
    assert complaints == []


def test_a_lesson_is_edited(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_in(page, site)
    page.goto(f"{site.url}/admin/lessons/lesson/")
    page.get_by_role("link", name="3 Gradient descent").click()
    source = page.get_by_label("Source")
    text = source.input_value()
    source.fill("no front matter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A lesson begins with front matter")).to_be_visible()
    source.fill(text + "\nA last word from the admin.\n")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{site.url}/units/3/")
    expect(page.get_by_text("A last word from the admin.")).to_be_visible()
    assert complaints == []
