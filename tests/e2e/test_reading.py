"""A lesson is read on a phone and at a desk: nothing is cut off, and a link into it arrives."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from grader import load_course
from tests.e2e.stack import ROOT, Stack

COURSE = load_course(ROOT / "exercises")
LESSONS = [unit for unit in COURSE.units if unit.lesson is not None]
FITTED = LESSONS
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 568}
TARGET = 44
DESK = {"width": 1280, "height": 900}

# The beginning of whatever matches and holds more than it shows.
SCROLLED = """(selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent.slice(0, 60))"""

# Formulas whose punctuation has gone to the next line.
LEFT_BEHIND = """() => [...document.querySelectorAll(".m")].filter((formula) => {
    const after = formula.nextSibling;
    if (after?.nodeType !== Node.TEXT_NODE || !/^[.,;:!?)]/.test(after.data)) return false;
    const mark = document.createRange();
    mark.setStart(after, 0);
    mark.setEnd(after, 1);
    const end = [...formula.querySelectorAll(".katex-base")].at(-1) ?? formula;
    return mark.getBoundingClientRect().left < end.getBoundingClientRect().left;
}).map((formula) => formula.textContent.slice(-30))"""

# What a finger is meant for and is lower than that.
CONTROLS = "main :is(button, select, input, summary, .button, .choice, .tick-x[href], .toc-phone a)"
TOO_LOW = """([controls, least]) => [...document.querySelectorAll(controls)]
    .map((one) => one.closest("label") ?? one)
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least - 0.5)
    .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def phone(browser: Browser, site: Stack) -> Iterator[Page]:
    """A narrow page that is touched."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def read(page: Page, address: str) -> None:
    """Open a page, and wait until its formulas are drawn."""
    page.goto(address)
    expect(page.locator(".m:not([data-done]), .mm:not([data-done])")).to_have_count(0)
    page.evaluate("document.fonts.ready")


def last_link(unit) -> str:
    """Of the anchors that verdicts link to, the one furthest down: most can move above it."""
    linked = {
        one.lesson.removeprefix("#")
        for exercise in unit.exercises
        for one in (*exercise.checks, *exercise.solutions, *exercise.variants)
        if one.lesson
    }
    return max(linked, key=lambda anchor: unit.lesson.index(f"{{#{anchor}}}"))


@pytest.mark.parametrize("unit", FITTED, ids=lambda unit: unit.slug)
def test_formulas_fit_a_phone_and_code_fits_a_desk(phone: Page, page: Page, site: Stack, unit) -> None:
    read(phone, f"{site.url}/units/{unit.number}/")
    assert phone.evaluate(SCROLLED, ".mm, .output") == []
    page.set_viewport_size(DESK)
    read(page, f"{site.url}/units/{unit.number}/")
    assert page.evaluate(SCROLLED, ".mm, .code, .output, .scroll-x") == []


@pytest.mark.parametrize("unit", LESSONS, ids=lambda unit: unit.slug)
def test_a_lesson_is_no_wider_than_the_narrowest_phone(phone: Page, site: Stack, unit) -> None:
    phone.set_viewport_size(NARROWEST)
    read(phone, f"{site.url}/units/{unit.number}/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


@pytest.mark.parametrize("unit", LESSONS, ids=lambda unit: unit.slug)
def test_a_finger_hits_every_control(phone: Page, site: Stack, unit) -> None:
    read(phone, f"{site.url}/units/{unit.number}/")
    phone.locator(".toc-phone summary").tap()
    assert phone.evaluate(TOO_LOW, [CONTROLS, TARGET]) == []


def test_a_finger_hits_every_exercise_of_the_map(phone: Page, site: Stack) -> None:
    read(phone, site.url)
    assert phone.evaluate(TOO_LOW, [CONTROLS, TARGET]) == []


@pytest.mark.parametrize("unit", FITTED, ids=lambda unit: unit.slug)
def test_formulas_of_a_statement_fit_a_phone(phone: Page, site: Stack, unit) -> None:
    for exercise in unit.exercises:
        read(phone, f"{site.url}/exercises/{exercise.slug}/")
        assert phone.evaluate(SCROLLED, ".statement .mm, .statement .code") == [], exercise.slug


@pytest.mark.parametrize("unit", LESSONS, ids=lambda unit: unit.slug)
def test_punctuation_stays_with_its_formula(phone: Page, site: Stack, unit) -> None:
    read(phone, f"{site.url}/units/{unit.number}/")
    assert phone.evaluate(LEFT_BEHIND) == []


@pytest.mark.parametrize("unit", COURSE.units, ids=lambda unit: unit.slug)
def test_a_statement_does_not_slide_sideways(phone: Page, site: Stack, unit) -> None:
    for exercise in unit.exercises:
        read(phone, f"{site.url}/exercises/{exercise.slug}/")
        assert phone.evaluate(SCROLLED, "html, .statement") == [], exercise.slug


@pytest.mark.parametrize("unit", LESSONS, ids=lambda unit: unit.slug)
def test_a_link_into_a_lesson_arrives_although_formulas_grow(phone: Page, site: Stack, unit) -> None:
    anchor = last_link(unit)
    read(phone, f"{site.url}/units/{unit.number}/#{anchor}")
    headings = phone.locator(f"#{anchor}").locator("xpath=descendant-or-self::*[self::h2 or self::h3]")
    expect(headings.first).to_be_in_viewport()


def test_points_stand_beside_the_title_on_a_phone(phone: Page, site: Stack) -> None:
    read(phone, f"{site.url}/units/1/")
    row = phone.locator(".ex-list li").first
    title, points = row.get_by_role("link").bounding_box(), row.locator(".pts").bounding_box()
    assert title
    assert points
    assert abs(points["y"] - title["y"]) < 4
    assert points["x"] > title["x"] + title["width"]


def test_figures_follow_the_theme_while_the_page_is_open(page: Page, site: Stack) -> None:
    read(page, f"{site.url}/units/3/")
    switch, figure = page.locator("theme-switch button"), page.locator("descent-figure")
    colours = """(figure) => [".ring", ".you-line", ".minimum circle", ".loss-plot text"].map((part) => {
        const style = getComputedStyle(figure.querySelector(part));
        return style.stroke + style.fill;
    })"""
    switch.click()
    expect(switch).to_contain_text("light")
    light = figure.evaluate(colours)
    switch.click()
    expect(switch).to_contain_text("dark")
    dark = figure.evaluate(colours)
    assert all(before != after for before, after in zip(light, dark, strict=True))
