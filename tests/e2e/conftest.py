"""Chromium from the system, and the one real site that all journeys share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.stack import Stack, running_stack

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HERE = Path(__file__).parent


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is in this folder; without a browser, skip it with a line that says what was not tested."""
    item.add_marker(pytest.mark.e2e)
    if _browser() is None and os.environ.get("NABLA_REQUIRE_CHROMIUM") != "1":
        item.add_marker(pytest.mark.skip(reason="no Chromium found: the pages were not tested in a browser"))


@pytest.hookimpl(trylast=True)  # once others have put the tests into their order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys come last: once started, Playwright keeps an event loop, where Django refuses queries."""
    items.sort(key=lambda item: HERE in item.path.parents)


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, without a screen and without its own network traffic."""
    browser = _browser()
    assert browser, "NABLA_REQUIRE_CHROMIUM is 1, and there is no Chromium on the PATH"
    return {"executable_path": browser, "args": list(FLAGS), "headless": True}


@pytest.fixture(scope="session")
def site() -> Iterator[Stack]:
    """The real stack, started once."""
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def base_url(site: Stack) -> str:
    """Where a relative address leads."""
    return site.url


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console said: errors, and whatever the content security policy refused."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
