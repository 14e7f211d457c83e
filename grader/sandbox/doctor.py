"""What this machine gives, layer by layer, found out by trying an escape against each."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import InfrastructureError, SandboxUnavailable
from grader.sandbox import cgroup
from grader.sandbox.box import Box
from grader.sandbox.inside import kernel
from grader.sandbox.level import Level, Runtime
from grader.sandbox.machine import available
from grader.sandbox.probes import PROBES, Probe, applies
from grader.sandbox.reply import Answer, Ended, Raised, Reply
from grader.sandbox.sandbox import Sandbox

_GPU = "GPU"
_GPU_CURE = "See GPU in docs/operations.md; until then this node takes nothing from the queue gpu."
_REPORT = "This is a defect of the sandbox: do not grade here, and report it."


@dataclass(frozen=True)
class Layer:
    """One line of the report."""

    name: str
    ok: bool
    detail: str
    cure: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Report:
    """The level to be had here and how each layer fared."""

    level: Level
    required: Level
    layers: tuple[Layer, ...]

    @property
    def device(self) -> str:
        """The GPU on which boxes compute here; empty without one."""
        return next((layer.detail for layer in self.layers if layer.name == _GPU and layer.ok), "")

    @property
    def ok(self) -> bool:
        """Whether submissions may be graded here."""
        return self.level >= self.required and all(layer.ok or layer.optional for layer in self.layers)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": self.ok,
            "level": self.level.label,
            "required": self.required.label,
            "device": self.device,
            "layers": [dataclasses.asdict(layer) for layer in self.layers],
        }


def doctor(required: Level = Level.SHARED_UID) -> Report:
    """Try everything; about three seconds."""
    machine = available()
    first = Layer(
        "isolation", machine.level >= required, machine.sentence, "" if machine.ok else machine.cure
    )
    if machine.level is Level.NONE:
        return Report(Level.NONE, required, (first,))
    try:
        with Sandbox(required=Level.REDUCED) as sandbox:
            return Report(sandbox.level, required, (first, *_layers(sandbox)))
    except InfrastructureError as error:
        broken = Layer("a box", ok=False, detail=str(error), cure="See docs/sandbox.md.")
        return Report(Level.NONE, required, (first, broken))


def render(report: Report) -> str:
    """The report as a table for people."""
    width = max(len(layer.name) for layer in report.layers)
    lines = [f"{_mark(layer)} {layer.name:{width}}  {layer.detail}" for layer in report.layers]
    lines += [f"\n{layer.name}: {layer.cure}" for layer in report.layers if not layer.ok and layer.cure]
    verdict = "submissions can be graded here" if report.ok else "submissions are not graded here"
    return "\n".join((*lines, "", f"Level: {report.level.label} ({verdict})"))


def _mark(layer: Layer) -> str:
    return "ok     " if layer.ok else "missing" if layer.optional else "FAILED "


def _layers(sandbox: Sandbox) -> list[Layer]:
    namespaces = sandbox.level > Level.REDUCED
    with sandbox.box(Runtime.NUMPY) as box:
        observed = _observe(box, sandbox.level)
    probed = [_try(sandbox, probe) for probe in PROBES if applies(probe, namespaces=namespaces)]
    with sandbox.box(Runtime.TORCH) as box:
        torch = box.load("import torch, numpy")
    works = Layer("torch runtime", isinstance(torch, Answer), "imports torch" if torch else str(torch))
    return [*observed, *probed, works, _gpu(sandbox)]


def _observe(box: Box, level: Level) -> list[Layer]:
    """What the kernel says of a box, seen from outside."""
    box.pin(min(os.sched_getaffinity(0)))
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{box.pid}/status").read_text().splitlines() if ":" in line
    )
    uid, own = int(status["Uid"].split()[0]), os.getuid()
    nesting = len(status["NSpid"].split())
    abi = kernel.landlock_abi()
    return [
        Layer("user", uid != 0 and (uid != own or level < Level.FULL), f"host uid {uid}, ours is {own}"),
        Layer("pid namespaces", nesting == 3 or level is Level.REDUCED, f"{nesting} deep"),
        Layer("capabilities", not int(status["CapEff"], 16) | int(status["CapPrm"], 16), "none"),
        Layer("no_new_privs", status["NoNewPrivs"].strip() == "1", "set"),
        Layer("seccomp", status["Seccomp"].strip() == "2", "a filter is installed"),
        Layer(
            "Landlock ABI",
            abi > 0,
            f"ABI {abi}",
            "Use Linux 5.13 or later, with landlock in lsm=.",
            optional=level > Level.REDUCED,
        ),
        _group(box.pid),
    ]


def _try(sandbox: Sandbox, probe: Probe) -> Layer:
    with sandbox.box(Runtime.NUMPY, limits=probe.limits) as box:
        reply = box.load(probe.source)
    kind, words = _kind(reply)
    held = kind in probe.held
    detail = f"tries to {probe.tries}: {words}"
    optional = probe.layer == "Landlock" and sandbox.level > Level.REDUCED  # the tree is read-only there
    return Layer(probe.layer, held, detail, "" if held else probe.cure, optional)


def _kind(reply: Reply) -> tuple[str, str]:
    match reply:
        case Ended(outcome, _, used):
            return outcome, f"{outcome}" + (f" ({used})" if used else "")
        case Raised(name, message):
            return name, f"{name}: {message}"
        case Answer():
            return "answer", "nothing found"


def _gpu(sandbox: Sandbox) -> Layer:
    """Whether a box computes on this node's GPU."""
    try:
        with sandbox.box(Runtime.TORCH, on_device=True) as box:
            device = box.template.device
            reply = box.load("import torch")
    except SandboxUnavailable as missing:
        return Layer(_GPU, ok=False, detail=str(missing), optional=True)
    except InfrastructureError as error:
        return Layer(_GPU, ok=False, detail=str(error), cure=_GPU_CURE, optional=True)
    name = f"{device.name}, driver {device.driver}" if device else ""
    return Layer(_GPU, isinstance(reply, Answer), name or str(reply), _GPU_CURE, optional=True)


def _group(pid: int) -> Layer:
    """Which control groups a box is in that the judge is not."""
    place = cgroup.place()
    if isinstance(place, str):
        detail = f"{place}; rlimits and the judge's watch bound memory and processes"
        return Layer("control group per box", ok=False, detail=detail, optional=True)
    ours, theirs = (set(Path(f"/proc/{one}/cgroup").read_text().splitlines()) for one in ("self", pid))
    own = sorted(line.split(":")[1] or "version 2" for line in theirs - ours)
    detail = f"its own of {', '.join(own)}" if own else "a box is in the same groups as its judge"
    return Layer("control group per box", len(own) == len(place.parents), detail, _REPORT)
