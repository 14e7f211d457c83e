"""What of the course this machine cannot try is said at the end of the tests, and is never just left out."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each exercise that needs a GPU, where there is none."""
    from tests.exercises.test_stored_solutions import UNTRIED

    if UNTRIED:
        terminalreporter.section("of the course not tried on this machine")
    for exercise, why in UNTRIED:
        terminalreporter.write_line(f"{exercise.number} {exercise.title}: {why}")
