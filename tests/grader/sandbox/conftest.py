"""Boxes of the one sandbox, with limits that are soon reached."""

import pytest

from grader.sandbox import Level, Limits, Runtime

SHORT = Limits(
    cpu_s=0.4,
    wall_s=2.5,
    load_s=2.5,
    memory_mb=64,
    disk_mb=1,
    inodes=16,
    descriptors=24,
    output_kb=8,
    message_mb=2,
)


@pytest.fixture
def run(sandbox):
    """Load a source in a fresh, tightly limited numpy box; the reply."""

    def load(source, *, runtime=Runtime.NUMPY, limits=SHORT):
        with sandbox.box(runtime, limits=limits) as box:
            return box.load(source)

    return load


@pytest.fixture
def loaded(sandbox):
    """A box with a source loaded, closed after the test."""
    boxes = []

    def load(source, *, runtime=Runtime.NUMPY, limits=SHORT):
        box = sandbox.box(runtime, limits=limits)
        boxes.append(box)
        reply = box.load(source)
        assert getattr(reply, "value", reply) is None, reply
        return box

    yield load
    for box in boxes:
        box.close()


@pytest.fixture
def namespaces(sandbox):
    """For tests of what only namespaces give."""
    if sandbox.level < Level.SHARED_UID:
        pytest.skip(f"not tested at level {sandbox.level.label}: needs namespaces")
