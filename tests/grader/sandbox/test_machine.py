"""What is missing on a machine is found out, named, and has a cure."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Runtime
from grader.sandbox.recipe import recipe

ROOT = Path(__file__).parents[3]
DENY = """
import errno, json, sys
import pyseccomp as bpf
rules = bpf.SyscallFilter(bpf.ALLOW)
for name in {calls}:
    rules.add_rule(bpf.ERRNO(errno.EPERM), name)
rules.load()
from grader.sandbox.machine import available
machine = available()
print(json.dumps([machine.level.name, machine.sentence]))
"""


def machine_without(*calls):
    """What `available` says where the kernel denies these calls."""
    run = subprocess.run(
        [sys.executable, "-c", DENY.format(calls=calls)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("calls", "missing"),
    [
        (("unshare",), "user namespace"),
        (("clone",), "pid, mount and ipc namespaces for each box"),
        (("mount",), "mount namespace"),
        (("pivot_root",), "mount namespace"),
        (("mount_setattr",), "mount namespace"),
        (("seccomp", "prctl"), "seccomp filter"),
    ],
)
def test_a_missing_step_is_named_with_its_cure(sandbox, calls, missing):
    level, sentence = machine_without(*calls)
    assert level in ("NONE", "REDUCED")
    assert f"gives no {missing}" in sentence
    assert os.strerror(errno.EPERM) in sentence
    assert sentence.endswith(".")


def test_root_without_namespaces_never_grades(sandbox):
    if os.geteuid() != 0:
        pytest.skip("not tested: runs as root only")
    assert machine_without("unshare")[0] == "NONE"


def test_packages_in_a_folder_that_is_a_link_are_found_where_they_are(tmp_path, monkeypatch):
    packages = Path(np.__file__).parents[1]
    (tmp_path / "site").symlink_to(packages)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])

    entries = recipe(Runtime.NUMPY).entries

    assert packages.resolve() / "numpy" in entries
    assert all(entry.parent == packages.resolve() for entry in entries)


def test_a_recipe_names_only_what_a_runtime_needs():
    numpy = {entry.name for entry in recipe(Runtime.NUMPY).entries}
    torch = {entry.name for entry in recipe(Runtime.TORCH).entries}
    assert "numpy" in numpy
    assert {"numpy", "torch", "sympy"} <= torch
    assert not {name for name in numpy if not name.startswith("numpy")}
    assert not {"django", "celery", "pip", "pytest", "redis"} & torch


def test_other_peoples_packages_are_masked():
    plan = recipe(Runtime.NUMPY)
    folders = [Path(source) for source, _ in plan.binds if "site-packages" not in source]
    hidden = {str(found) for folder in folders for found in folder.glob("*-packages")}
    assert hidden <= set(plan.masks)
