"""The read-only file tree that a template and its boxes see instead of the host's."""

from __future__ import annotations

import os
from dataclasses import dataclass

from . import kernel

SCRATCH = "/work/box"  # a level deep: Landlock asks for rules above the place where a file system is mounted
INSIDE = "/nabla"
SITE = "/site"
PROC = "/proc"  # empty, but while a template warms up and in boxes with a device
HOST_PROC = "/host"  # where devices are, the host's /proc: a mount of one's own needs to see it


@dataclass(frozen=True)
class Tree:
    """What is bound where; sources are host paths, targets paths in the tree."""

    binds: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]  # (what the link says, where it lies)
    masks: tuple[str, ...]  # directories of the tree that are hidden under an empty one
    processes: bool = False  # whether boxes have a /proc of their own


def enter(tree: Tree) -> None:
    """Replace the root of this (private) mount namespace by the tree; the host's is gone afterwards."""
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    _step_aside()
    _build(tree)
    os.chdir("/new")
    # the old root ends up stacked on the new one, from where it is detached
    kernel.pivot_root(".", ".")
    kernel.detach(".")
    os.chdir("/")
    kernel.make_readonly("/")
    if tree.processes:
        kernel.make_writable(HOST_PROC)


def _step_aside() -> None:
    """Move the host's root to /old, so that no source can lie under the new tree."""
    kernel.mount("tmpfs", "/tmp", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,mode=755")  # noqa: S108
    os.mkdir("/tmp/new")  # noqa: S108
    os.mkdir("/tmp/old")  # noqa: S108
    kernel.pivot_root("/tmp", "/tmp/old")  # noqa: S108
    os.chdir("/")
    kernel.mount("tmpfs", "/new", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,mode=755")


def _build(tree: Tree) -> None:
    os.makedirs("/new" + SCRATCH)
    for said, path in tree.links:
        os.makedirs(os.path.dirname("/new" + path), exist_ok=True)
        os.symlink(said, "/new" + path)
    for source, target in tree.binds:
        _bind("/old" + source, "/new" + target)
    os.mkdir("/new" + PROC)
    if tree.processes:
        _bind("/old/proc", "/new" + HOST_PROC)
    for path in tree.masks:
        kernel.mount("tmpfs", "/new" + path, "tmpfs", kernel.MS_RDONLY | kernel.MS_NOSUID, "size=4k,mode=755")


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o444))
    # recursive: an unprivileged process may not uncover what a submount hides
    kernel.mount(source, target, None, kernel.MS_BIND | kernel.MS_REC)
