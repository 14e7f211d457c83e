"""What a verdict shows beside its sentence: each kind drawn, accessible, and within a narrow page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import made_up
from tests.e2e.stack import ROOT, Stack
from tests.e2e.student import VERDICT_MS, assert_accessible, sign_up, submit, write
from tests.grader import test_complexity, test_intermediates, test_memory, test_training

PHONE = {"width": 390, "height": 844}
LEFT = "rows => rows.map(row => row.getBoundingClientRect().x)"
BROKEN = "def lr_at(step, schedule, options):\n    return (1 +\n"
FALLS = test_training.MEAN.replace("[]", "[9.0, 4.0, 2.0]")
RAISES = "def grad_quadratic(A, b, x):\n    print('so far')\n    return A @ c\n"
STORED = {
    "error map": ("batchnorm_forward_backward", "statistics_constant.py", "error-map svg"),
    "path": ("adamw", "l2_folded_in.py", "path-plot svg"),
    "time": ("conv2d_backward", "slow_outputs.py", "timing-plot svg"),
    "property": ("derivative", "fixed_1e8.py", ".said"),
    "formula": ("formulas", "sigmoid_sign.txt", ".compare"),
    "program": ("value_engine", "no_seed.py", ".code"),
}
MADE_UP = {
    "named values": ("norm", test_intermediates.source(centred="x.copy()"), ".table"),
    "training": ("fit", FALLS, "line-plot svg"),
    "memory": ("double", test_memory.THREE, "timing-plot svg"),
    "syntax": ("lr_at", BROKEN, ".trace"),
    "growth": ("total", test_complexity.QUADRATIC, "line-plot svg"),
    "traceback": ("grad_quadratic", RAISES, ".trace"),
}
CASES = {
    kind: (slug, next(ROOT.glob(f"exercises/*/*/solutions/{file}")).read_text(), selector)
    for kind, (slug, file, selector) in STORED.items()
} | MADE_UP


@pytest.fixture(scope="module")
def student(browser: Browser, site: Stack, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Somebody signed in, on a site that has the made-up exercises too."""
    course: Path = tmp_path_factory.mktemp("course")
    exercises = {
        "91-norm": test_intermediates.make(number=91),
        "92-fit": test_training.make(number=92),
        "93-double": test_memory.make(number=93),
        "94-total": test_complexity.make_counted(number=94),
    }
    made_up.load(site, course, **{name: one.files for name, one in exercises.items()})
    context = browser.new_context()
    sign_up(context.new_page(), site)
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], student: Any) -> Page:
    """A page of this student."""
    return new_context(storage_state=student).new_page()


@pytest.mark.parametrize("kind", CASES)
def test_it_is_drawn_for_everybody(page: Page, site: Stack, kind: str, complaints: list[str]) -> None:
    slug, source, selector = CASES[kind]
    page.goto(f"{site.url}/exercises/{slug}/")
    write(page, source)
    submit(page)
    result = page.locator("#result")
    expect(result.get_by_role("status")).to_contain_text("verdict after", timeout=VERDICT_MS)
    expect(result.locator(".finding").locator(selector).first).to_be_visible()
    places = result.locator(".checks li").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().x)"
    )
    assert min(places) >= 0, "a check is out of sight"
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
