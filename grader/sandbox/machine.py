"""What this machine allows, found out by trying it in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.sandbox.inside import kernel
from grader.sandbox.level import Level
from grader.sandbox.recipe import interpreter

_MAPPING = 1 << 21 | 1 << 7 | 1 << 6  # CAP_SYS_ADMIN, CAP_SETUID, CAP_SETGID
_PROBE = Path(__file__).parent / "inside" / "probe.py"


@dataclass(frozen=True)
class Machine:
    """The level to be had here, and one sentence on what stands in the way of more."""

    level: Level
    sentence: str
    cure: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return self.level >= Level.SHARED_UID


@cache
def available() -> Machine:
    """Try namespaces, seccomp and Landlock; about 20 ms, once per process."""
    if not sys.platform.startswith("linux"):
        return Machine(Level.NONE, "Boxes need Linux. Use the compose file, or a Linux machine.")
    run = subprocess.run(
        [interpreter(), "-I", "-S", "-B", str(_PROBE)],
        env={},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    missing = run.stdout.strip() if run.returncode == 0 else f"answer to a probe ({run.stderr[-200:]})"
    if not missing:
        return Machine(_best_level(), "Every layer is there.")
    sentence, cure = f"This machine gives no {missing}. {_cure(missing)}", _cure(missing)
    # without namespaces a box of root's would be root on the host, and without Landlock see all of it
    reduced = "namespace" in missing and os.geteuid() != 0 and kernel.landlock_abi() > 0
    return Machine(Level.REDUCED if reduced else Level.NONE, sentence, cure)


def _best_level() -> Level:
    """FULL where this process may give boxes another host id than its own."""
    status = Path("/proc/self/status").read_text()
    effective = int(status.partition("CapEff:")[2].split()[0], 16)
    return Level.FULL if os.geteuid() == 0 and effective & _MAPPING == _MAPPING else Level.SHARED_UID


def _cure(missing: str) -> str:
    """What an operator can do about a missing layer."""
    if missing.startswith("user namespace"):
        return _USER_NAMESPACE_CURE
    if missing.startswith(("mount", "pid, mount")):
        return (
            "In a container, run it with deploy/seccomp-worker.json and, on AppArmor hosts, "
            "apparmor=unconfined."
        )
    if missing.startswith("seccomp"):
        return "Use a kernel with CONFIG_SECCOMP_FILTER and install libseccomp."
    return "See docs/sandbox.md."


_USER_NAMESPACE_CURE = (
    "Set kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 "
    "(Ubuntu) or user.max_user_namespaces above 0; in a container, run it with deploy/seccomp-worker.json."
)
