"""Skips: a bare machine may skip what it lacks, and says so; with NABLA_FORBID_SKIPS=1 it may not.

CI installs all that the tests can use. A skip there is a hole, so it fails.
"""

import os
from collections.abc import Generator

import pytest

FORBID = "NABLA_FORBID_SKIPS"
HEADING = "not tested on this machine"

Report = pytest.TestReport | pytest.CollectReport


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Report, Report]:
    """A test that was skipped, by a mark or by itself."""
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Report, Report]:
    """A whole module that skipped itself."""
    return _judged((yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each reason, however many tests it touched."""
    counts: dict[str, int] = {}
    for report in terminalreporter.getreports("skipped"):
        counts[_reason(report)] = counts.get(_reason(report), 0) + 1
    if counts:
        terminalreporter.section(HEADING)
    for reason, count in counts.items():
        terminalreporter.write_line(f"{reason} ({count} skipped)")


def _judged(report: Report) -> Report:
    forbidden = os.environ.get(FORBID) == "1"
    if forbidden and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"{FORBID} is 1, and this was skipped: {reason}"
    return report


def _reason(report: Report) -> str:
    """What the skip says, without pytest's prefix."""
    told = report.longrepr
    return str(told[2] if isinstance(told, tuple) else told).removeprefix("Skipped: ")
