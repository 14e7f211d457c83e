"""What a student does in the browser, as the journeys do it."""

import secrets

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.stack import Stack

VERDICT_MS = 60_000
PASTE = """(element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const how = { clipboardData: data, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def sign_up(page: Page, site: Stack) -> str:
    """A new account; its name."""
    name = f"ada-{secrets.token_hex(4)}"
    page.goto(f"{site.url}/accounts/signup/")
    page.get_by_label("Username").fill(name)
    password = secrets.token_urlsafe(16)
    page.locator("input[type=password]").nth(0).fill(password)
    page.locator("input[type=password]").nth(1).fill(password)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    return name


def write(page: Page, source: str) -> None:
    """Replace what is in the editor by pasting."""
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+A")
    editor.evaluate(PASTE, source)


def submit(page: Page) -> None:
    """By keyboard, from the editor."""
    page.locator(".cm-content").press("Control+Shift+Enter")


def assert_accessible(page: Page) -> None:
    """axe finds nothing, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)  # colours change with a transition
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url} in {scheme}: {results.generate_report()}"
    page.emulate_media(color_scheme="light")
