"""A box is in control groups of its own where there can be some, and in none where there cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import InfrastructureError
from grader.outcome import Outcome
from grader.sandbox import Limits, Runtime, Sandbox, cgroup
from grader.sandbox.process import Process

SMALL = Limits(memory_mb=64, disk_mb=4, message_mb=4)


@pytest.fixture
def place():
    found = cgroup.place()
    if isinstance(found, str):
        pytest.skip(f"not tested: {found}")
    return found


def groups_of(pid):
    lines = (line.split(":") for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines())
    return {names: path for _, names, path in lines}


def left(place):
    return [folder for parent in place.parents for folder in parent.glob(f"nabla-{os.getpid()}-*")]


def test_a_box_is_alone_in_groups_that_bound_it(sandbox, place):
    with sandbox.box(Runtime.NUMPY, limits=SMALL) as box:
        box.load("import time\ntime.sleep(0.2)\n")
        assert groups_of(box.pid) != groups_of("self")
        mine = [one for one in left(place) if str(box.pid) in (one / "cgroup.procs").read_text().split()]
        assert len(mine) == len(place.parents)
        assert all((one / "cgroup.procs").read_text() == f"{box.pid}\n" for one in mine)
        said = {file: (one / file).read_text().strip() for one in mine for file in os.listdir(one)
                if file in place.settings(0)}  # fmt: skip
    assert said["pids.max"] == "1"
    memory = int(said["memory.limit_in_bytes" if place.version == 1 else "memory.max"])
    assert 64 << 20 < memory < 400 << 20


def test_memory_that_only_the_group_counts_ends_the_box_by_name(sandbox, place, monkeypatch):
    monkeypatch.setattr(Process, "_group_bytes", 24 << 20)
    roomy = Limits(memory_mb=2000, disk_mb=300)  # rlimits and the watch allow it
    with sandbox.box(Runtime.NUMPY, limits=roomy) as box:
        box.pin(min(os.sched_getaffinity(0)))
        reply = box.load("file = open('x', 'wb')\nfor _ in range(99): file.write(bytes(1 << 20))\n")
    assert reply.outcome is Outcome.MEMORY_LIMIT
    assert (reply.limit, reply.used[-2:]) == ("2000 MB", "MB")
    with sandbox.box(Runtime.NUMPY, limits=roomy) as box:
        assert box.load("x = 1\n").value is None


def test_groups_are_used_again_and_removed_at_the_end(place):
    before = set(left(place))
    with Sandbox() as sandbox:
        for _ in range(12):
            with sandbox.box(Runtime.NUMPY, limits=SMALL) as box:
                box.pin(min(os.sched_getaffinity(0)))
        made = set(left(place)) - before
        assert 0 < len(made) <= 2 * len(place.parents)
    assert set(left(place)) == before


def test_what_a_killed_judge_left_is_swept_and_what_a_living_one_has_is_not(place, monkeypatch):
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    folders = [
        parent / f"nabla-{pid}-abc-0" for parent in place.parents for pid in (int(dead.stdout), os.getpid())
    ]
    for folder in folders:
        folder.mkdir()
    cgroup.place.cache_clear()
    cgroup.place()
    assert [one.exists() for one in folders] == [False, True] * len(place.parents)
    for folder in folders[1::2]:
        folder.rmdir()


def test_a_group_that_cannot_be_joined_is_a_fault_of_ours(place, tmp_path):
    groups = cgroup.Groups(cgroup.Place(1, (tmp_path,)))
    with pytest.raises(InfrastructureError, match="no control group can be made"):
        groups.join(1, 1 << 20)  # a folder that is no group has no cgroup.procs


# version 2, on folders that look like it


@pytest.fixture
def v2(tmp_path):
    """A group that has the controllers, and a process."""
    own = tmp_path / "judge.service"
    own.mkdir()
    (own / "cgroup.controllers").write_text("cpu memory pids\n")
    (own / "cgroup.subtree_control").write_text("")
    (own / "cgroup.procs").write_text("4711\n")
    return own


def found(own):
    return cgroup._find({"": "/judge.service"}, {"": ("/", str(own.parent))})


def test_version_2_is_used_where_its_controllers_are_given_on(v2):
    (v2 / "cgroup.subtree_control").write_text("memory pids")
    assert found(v2) == cgroup.Place(2, (v2,))
    settings = cgroup.Place(2, (v2,)).settings(5 << 20)
    assert settings == {
        "memory.max": "5242880",
        "memory.swap.max": "0",
        "memory.oom.group": "1",
        "pids.max": "1",
    }


def test_version_2_is_left_alone_where_nobody_delegated_it(v2):
    assert "not delegated" in found(v2)
    assert (v2 / "cgroup.subtree_control").read_text() == ""
    assert not (v2 / "nabla-judge").exists()


def test_version_2_moves_the_judge_into_a_leaf_where_it_is_delegated(v2, monkeypatch):
    monkeypatch.setattr(os, "getxattr", lambda _folder, name: b"1" if name == "user.delegate" else b"")
    (v2 / "nabla-judge").mkdir()
    (v2 / "nabla-judge" / "cgroup.procs").write_text("")
    assert found(v2) == cgroup.Place(2, (v2,))
    assert (v2 / "nabla-judge" / "cgroup.procs").read_text() == "4711"
    assert (v2 / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_version_2_finds_itself_again_in_the_leaf(v2):
    (v2 / "cgroup.subtree_control").write_text("memory pids")
    (v2 / "nabla-judge").mkdir()
    own = {"": "/judge.service/nabla-judge"}
    assert cgroup._find(own, {"": ("/", str(v2.parent))}) == cgroup.Place(2, (v2,))


def test_version_2_without_controllers_is_said(v2):
    (v2 / "cgroup.controllers").write_text("hugetlb")
    assert "no memory and pids controllers" in found(v2)


# what is mounted where


@pytest.mark.parametrize(
    ("path", "root", "seen"),
    [
        ("/a/b", "/", "/sys/a/b"),
        ("/a/b", "/a", "/sys/b"),
        ("/", "/", "/sys"),
        ("/a", "/a/b", None),
        ("/../x", "/", None),
    ],
)
def test_a_group_is_found_below_its_mount(path, root, seen):
    assert cgroup._seen(path, root, "/sys") == (seen and Path(seen))


def test_without_any_hierarchy_there_is_no_place():
    assert "no control groups" in cgroup._find({}, {})
