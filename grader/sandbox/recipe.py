"""What lies in the tree of a runtime: the interpreter's library, system libraries, and its distributions."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from grader.sandbox.device import Device
from grader.sandbox.inside.tree import INSIDE, SITE
from grader.sandbox.level import Runtime

_HERE = Path(__file__).parent
_DEVICES = ("/dev/null", "/dev/urandom")  # torch reads the latter for its seeds
_HIDDEN = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class Recipe:
    """Host paths and where they appear; nothing else of the host does."""

    binds: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    masks: tuple[str, ...]
    entries: tuple[Path, ...]  # of the runtime's distributions


def recipe(runtime: Runtime, device: Device | None = None) -> Recipe:
    """The tree of a runtime on this machine, with a device or without."""
    given = (*device.files, *device.nodes) if device else ()
    roots = [*_standard_library(), *_system_libraries()]
    entries = tuple(sorted(_entries(runtime)))
    return Recipe(
        binds=(
            *((root, root) for root in roots),
            *((str(entry), f"{SITE}/{entry.name}") for entry in entries),
            (str(_HERE / "inside"), f"{INSIDE}/inside"),
            *((path, path) for path in (*_DEVICES, *given)),
        ),
        links=tuple(_links()),
        masks=tuple(_masks(roots)),
        entries=entries,
    )


def interpreter() -> str:
    """The interpreter itself, outside any virtual environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _standard_library() -> list[str]:
    paths = {sysconfig.get_path(name, vars=_BASE) for name in ("stdlib", "platstdlib")}
    return sorted(os.path.realpath(path) for path in paths if os.path.isdir(path))


_BASE = {
    "installed_base": sys.base_prefix,
    "base": sys.base_prefix,
    "installed_platbase": sys.base_exec_prefix,
    "platbase": sys.base_exec_prefix,
}


def _system_libraries() -> list[str]:
    """Where the loader finds shared libraries without being told."""
    arch = sysconfig.get_config_var("MULTIARCH") or ""
    specific = [f"{top}/{arch}" for top in ("/lib", "/usr/lib")] if arch else []
    found = {os.path.realpath(path) for path in (*specific, "/lib64", "/usr/lib64") if os.path.isdir(path)}
    return sorted(found) or ["/usr/lib"]


def _links() -> list[tuple[str, str]]:
    return [(os.readlink(path), path) for path in ("/lib", "/lib64") if os.path.islink(path)]


def _masks(roots: list[str]) -> list[str]:
    """Other people's packages inside the bound directories."""
    places = [
        candidate
        for root in roots
        for folder in (Path(root), *Path(root).glob("python3*"))
        for name in _HIDDEN
        if (candidate := folder / name).is_dir()
    ]
    return sorted({str(place) for place in places})


def _entries(runtime: Runtime) -> set[Path]:
    """The top-level files and folders of the runtime's distributions."""
    entries = set()
    for name in _closure({"numpy"} if runtime is Runtime.NUMPY else {"torch", "numpy"}):
        distribution = metadata.distribution(name)
        tops = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
        # in the tree a link on the way to them would lead nowhere
        folder = Path(os.path.realpath(str(distribution.locate_file(""))))
        entries |= {folder / top for top in tops}
    return {entry for entry in entries if entry.exists()}


def _closure(names: set[str]) -> set[str]:
    """The distributions and all that they require and that are installed."""
    done: set[str] = set()
    todo = set(names)
    while todo:
        name = todo.pop()
        done.add(name)
        for requirement in metadata.requires(name) or ():
            if match := re.match(r"[A-Za-z0-9._-]+", requirement):
                required = re.sub(r"[-_.]+", "-", match[0]).lower()
                if required not in done and "extra ==" not in requirement and _installed(required):
                    todo.add(required)
    return done


def _installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True
