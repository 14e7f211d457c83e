"""A skip is told, and forbidden where the environment says so."""

import pytest

pytest_plugins = ["pytester"]

SKIPPING = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no GPU: kernels were not tested")
def test_by_mark(): pass

def test_by_itself(): pytest.skip("no GPU: kernels were not tested")

@pytest.mark.xfail(reason="known", strict=True)
def test_expected_to_fail(): assert False
"""
WHOLE_MODULE = 'import pytest; pytest.skip("no Docker", allow_module_level=True)'


@pytest.fixture
def tried(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Run these tests in a process of their own, with NABLA_FORBID_SKIPS set to a value."""

    def run(source: str, *, forbid: str) -> pytest.RunResult:
        monkeypatch.setenv("NABLA_FORBID_SKIPS", forbid)
        pytester.makepyfile(source)
        return pytester.runpytest("-p", "tests.plugin_skips", "-p", "no:django", "-p", "no:playwright")

    return run


def test_a_skip_is_allowed_and_each_reason_told_once(tried) -> None:
    result = tried(SKIPPING, forbid="")
    result.assert_outcomes(passed=1, skipped=2, xfailed=1)
    result.stdout.fnmatch_lines(
        ["*not tested on this machine*", "no GPU: kernels were not tested (2 skipped)"]
    )


def test_a_forbidden_skip_fails_with_its_reason(tried) -> None:
    result = tried(SKIPPING, forbid="1")
    result.assert_outcomes(passed=1, errors=1, failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["*NABLA_FORBID_SKIPS is 1, and this was skipped: no GPU: kernels*"])


def test_a_module_that_skips_itself_is_forbidden_too(tried) -> None:
    tried(WHOLE_MODULE, forbid="").assert_outcomes(skipped=1)
    tried(WHOLE_MODULE, forbid="1").assert_outcomes(errors=1)
