"""The profile that Docker puts on a worker: wide enough for boxes, and no wider than was tried."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import filter as box_filter
from grader.sandbox.inside import namespaces

PROFILE = Path(__file__).parents[2] / "deploy" / "seccomp-worker.json"
NEVER = (
    "accept bpf chroot fsopen init_module io_uring_setup kexec_load keyctl listen mknod move_mount "
    "open_by_handle_at open_tree perf_event_open personality pidfd_getfd process_vm_readv ptrace reboot "
    "setuid swapon userfaultfd"
)


def rules(name: str) -> list[dict[str, Any]]:
    """What the profile says of a call."""
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    return [rule for rule in profile["syscalls"] if name in rule["names"]]


def allows(name: str, position: int, value: int) -> bool:
    """Whether a call with this argument, alone of all that are compared, passes."""
    masked = [rule["args"][0] for rule in rules(name)]
    return any(
        argument["index"] == position
        and (
            value & argument["value"] == argument["valueTwo"]
            if argument["op"] == "SCMP_CMP_MASKED_EQ"
            else value == argument["value"]
        )
        for argument in masked
    )


def test_what_it_does_not_name_is_denied() -> None:
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"


def test_everything_a_box_may_call_passes() -> None:
    missing = [name for name in box_filter._ALLOWED.split() if not rules(name)]
    assert missing == []


@pytest.mark.parametrize("name", NEVER.split())
def test_what_a_worker_never_needs_is_not_named(name: str) -> None:
    assert rules(name) == []


def test_templates_may_leave_the_host() -> None:
    assert allows("unshare", 0, namespaces._ALL)


def test_no_other_namespace_can_be_made() -> None:
    cgroup, clock = 0x02000000, 0x80
    assert not allows("unshare", 0, cgroup)
    assert not allows("unshare", 0, clock)


def test_a_clone_stays_in_its_namespaces() -> None:
    assert allows("clone", 0, 0x01200011)  # what fork() asks for
    assert not allows("clone", 0, 0x10000011)


def test_a_box_gets_its_namespaces_and_no_others() -> None:
    asked = 0x00001011 | namespaces.OF_A_BOX  # its pidfd, and its end as a signal
    assert allows("clone", 0, asked)
    assert allows("clone", 0, asked | 0x01200000)  # and where libc keeps the thread's number
    assert not allows("clone", 0, asked | 0x10000000)  # a user namespace
    assert not allows("clone", 0, asked & ~0x20000000)


def test_mounts_can_be_made_but_neither_moved_nor_remounted() -> None:
    bind, recursive, remount, move = 4096, 16384, 32, 8192
    assert allows("mount", 3, bind | recursive)
    assert not allows("mount", 3, remount)
    assert not allows("mount", 3, move)
