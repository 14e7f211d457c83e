"""A student's first evening, in a browser, against the real server, worker, Valkey and sandbox."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.sandbox import Sandbox
from tests.e2e.stack import ROOT, Stack
from tests.e2e.student import VERDICT_MS, assert_accessible, sign_up, submit, write
from tests.grader.at_home import run_at_home

EXERCISES = ROOT / "exercises"
ADAMW = EXERCISES / "08-optimizers" / "41-adamw" / "solutions"
# Formulas that are cut off although they would have more room if their number stood below them.
SQUEEZED = """[...document.querySelectorAll(".eq")].filter((line) => {
    const formula = line.querySelector(".mm");
    return formula.scrollWidth > formula.clientWidth && formula.clientWidth < line.clientWidth - 1;
}).map((line) => line.textContent)"""
LESSONS = sorted(int(path.parent.name[:2]) for path in EXERCISES.glob("*/lesson.md"))


# Scripts in MathML, which screen readers read, with another number of parts than they have by their names.
UNSOUND = """() => [...document.querySelectorAll("msub, msup, msubsup, munder, mover, munderover")]
    .filter((one) => one.children.length !== (/^(msubsup|munderover)$/.test(one.localName) ? 3 : 2))
    .map((one) => one.outerHTML)"""


def test_the_map_can_be_read_without_an_account(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(site.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("The calculus of machine learning")
    expect(page.get_by_role("link", name="Gradient descent", exact=True)).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []


def test_the_taster_is_walked_without_an_account(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Look around for 30 minutes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Half an hour of Nabla")
    expect(page.locator(".m:not([data-done]), .mm:not([data-done])")).to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)
    expect(page.locator("predict-first")).to_have_count(5)
    page.get_by_role("radio", name="They end far away.").check()
    expect(page.locator("predict-first").nth(1)).to_contain_text("1.1 times as far from its floor")
    figure = page.locator("descent-figure")
    slider = figure.get_by_role("slider", name="Learning rate")
    for _ in range(15):
        slider.press("ArrowRight")
    expect(figure.locator(".says")).to_contain_text("by 1.10, and changes its sign")
    expect(page.locator("figure .moving svg").first).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("region", name="The central difference").get_by_role("link", name="Open").click()
    expect(page.get_by_role("link", name="Sign in to submit")).to_be_visible()
    assert complaints == []


def test_the_figure_answers_the_keyboard(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/3/")
    figure = page.locator("descent-figure")
    slider = figure.get_by_role("slider", name="Learning rate")
    numbers, says = figure.locator(".numbers"), figure.locator(".says")
    before = numbers.inner_text()
    expect(says).to_contain_text("Converges in a zigzag")
    slider.focus()
    for _ in range(12):
        slider.press("ArrowRight")
    expect(figure.locator(".slider output")).to_have_text("0.340")
    expect(says).to_contain_text("Diverges. Each step multiplies the error across the valley by 1.04")
    assert numbers.inner_text() != before
    start = figure.get_by_role("button", name="Start point")
    start.focus()
    start.press("ArrowUp")
    expect(numbers).to_contain_text("(−2.20, 0.25)")
    expect(page).to_have_url(re.compile(r"descent=0\.34000"))
    page.reload()
    expect(figure.locator(".slider output")).to_have_text("0.340")
    assert complaints == []


@pytest.mark.parametrize("number", LESSONS)
def test_a_lesson_reads_well(page: Page, site: Stack, complaints: list[str], number: int) -> None:
    page.goto(f"{site.url}/units/{number}/")
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator(".m:not([data-done]), .mm:not([data-done])")).to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)
    assert page.evaluate(UNSOUND) == []
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SQUEEZED) == []
    assert complaints == []


def test_a_link_into_a_lesson_scrolls_to_its_place(page: Page, site: Stack) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}/units/8/#one-state")
    expect(page.locator(".m:not([data-done]), .mm:not([data-done])")).to_have_count(0)
    place = page.locator("#one-state")
    expect(place).to_be_in_viewport()
    assert place.evaluate("element => element.getBoundingClientRect().top") < 160


def test_a_fragment_runs_in_the_sandbox(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_up(page, site)
    page.goto(f"{site.url}/units/3/")
    fragment = page.locator("run-fragment").filter(has_text="gradient used")
    fragment.get_by_role("button", name="Run").click()
    expect(fragment.get_by_role("status")).to_contain_text("Ran in", timeout=VERDICT_MS)
    expect(fragment.locator(".output")).to_contain_text("step 14   gradient used =")
    assert complaints == []


def test_a_wrong_and_then_a_right_adamw(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_up(page, site)
    page.goto(f"{site.url}/exercises/adamw/")
    write(page, (ADAMW / "l2_folded_in.py").read_text())
    submit(page)
    result = page.locator("#result")
    expect(result.get_by_role("heading", level=2)).to_contain_text("Not passed yet.", timeout=VERDICT_MS)
    expect(result.locator("[role=status]")).to_contain_text("verdict after", timeout=VERDICT_MS)
    expect(result.locator(".checks .fail").filter(has_text="Decoupled decay")).to_be_visible()
    expect(result.locator(".finding")).to_contain_text("decay")
    assert_accessible(page)

    write(page, (ADAMW / "decay_first.py").read_text())
    submit(page)
    expect(result.get_by_role("heading", level=2)).to_contain_text("Passed.", timeout=VERDICT_MS)
    expect(result.locator(".checks .fail")).to_have_count(0)
    assert_accessible(page)

    page.reload()
    expect(result.get_by_role("heading", level=2)).to_contain_text("Passed.")
    expect(page.locator("#history li")).to_have_count(2)
    page.goto(site.url)
    expect(page.get_by_role("link", name="Exercise 41, AdamW, passed")).to_be_visible()
    assert complaints == []


def test_a_verdict_is_taken_home(page: Page, site: Stack, complaints: list[str], sandbox: Sandbox) -> None:
    sign_up(page, site)
    page.goto(f"{site.url}/exercises/adamw/")
    write(page, (ADAMW / "l2_folded_in.py").read_text())
    submit(page)
    offer = page.get_by_role("link", name="Repro bundle of submission 1")
    expect(offer).to_be_visible(timeout=VERDICT_MS)
    offer.click()
    page.get_by_role("button", name="Make the bundle").click()
    link = page.get_by_role("link", name="Download adamw-1.zip")
    expect(link).to_be_visible(timeout=VERDICT_MS)
    assert_accessible(page)
    with page.expect_download() as download:
        link.click()
    bundle = download.value.path().read_bytes()
    as_sent = run_at_home(bundle, sandbox)
    assert (as_sent.code, "This is not what the verdict said" in as_sent.printed) == (1, False)
    assert run_at_home(bundle, sandbox, adamw=(ADAMW / "decay_first.py").read_text()).code == 0
    assert complaints == []


def test_the_examples_run_without_being_counted(page: Page, site: Stack, complaints: list[str]) -> None:
    sign_up(page, site)
    page.goto(f"{site.url}/exercises/adamw/")
    write(page, (ADAMW / "decay_first.py").read_text())
    page.locator(".cm-content").press("Control+Enter")
    result = page.locator("#result")
    heading = result.get_by_role("heading", level=2)
    expect(heading).to_contain_text("come out right.", timeout=VERDICT_MS)
    expect(result.locator(".example .state.pass").first).to_be_visible()
    expect(page.locator("#history")).to_have_count(0)
    assert_accessible(page)
    assert complaints == []


def test_when_the_stream_breaks_the_page_asks_instead(page: Page, site: Stack) -> None:
    sign_up(page, site)
    page.route("**/events", lambda route: route.abort())
    page.goto(f"{site.url}/exercises/adamw/")
    write(page, (ADAMW / "uphill.py").read_text())
    submit(page)
    expect(page.locator("#result [role=status]")).to_contain_text("verdict after", timeout=VERDICT_MS)


def test_code_can_be_submitted_without_scripts(browser: Browser, site: Stack) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_up(page, site)
    page.goto(f"{site.url}/exercises/adamw/")
    page.get_by_role("textbox", name="Your code").fill((ADAMW / "uphill.py").read_text())
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("submission 1")
    expect(page.get_by_text("p += self.lr").first).to_be_visible()
    context.close()
