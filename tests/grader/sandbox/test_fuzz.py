"""The fuzzer of the wire, for as long as a test may take; `make fuzz` goes on."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

FUZZER = Path(__file__).with_name("fuzz_wire.py")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="the wire was not fuzzed: there is no atheris here"
)


@pytest.fixture
def fuzz(tmp_path):
    """Run it; what it finds is written to the test's own directory."""

    def run(*arguments):
        command = [sys.executable, str(FUZZER), "--seed", "1", *arguments]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    return run


def test_ten_thousand_messages_do_nothing_to_the_judge(fuzz):
    done = fuzz("--messages", "10000")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done 10000 runs" in done.stderr


def test_a_missing_check_is_found(fuzz):
    done = fuzz("--messages", "1000000", "--plant")
    assert done.returncode != 0
    # bytes that were not checked against the shape
    said = done.stderr + done.stdout
    assert "buffer is too small for requested array" in said or "ValueError: array is too big" in said
