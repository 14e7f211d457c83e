"""What holds for all tests: skips that CI forbids, and one sandbox, whose boxes each test gets fresh."""

from collections.abc import Iterator

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import Sandbox

pytest_plugins = ["tests.plugin_skips"]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox at the level that grading needs."""
    try:
        made = Sandbox()
    except SandboxUnavailable as reason:
        pytest.skip(f"no box was tried: {reason}")
    with made:
        yield made
