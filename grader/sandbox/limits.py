"""What one box may use, and what it used."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one box; crossing one ends it with an outcome of its own."""

    cpu_s: float = 10.0  # processor seconds over the box's life
    wall_s: float = 20.0  # seconds for all operations but loads, callbacks not counted
    memory_mb: int = 512  # beyond what the warm template already holds
    vram_mb: int = 4096  # memory of a GPU, beyond what a context takes
    output_kb: int = 64  # printed, stdout and stderr together
    disk_mb: int = 16
    inodes: int = 256  # files and folders
    descriptors: int = 64  # open files, with six of the box's own
    message_mb: int = 64  # one answer or one callback's arguments
    calls: int = 10_000  # callbacks over the box's life
    load_s: float = 10.0  # seconds for one load


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a box has used; memory beyond the warm template's own."""

    cpu_s: float
    wall_s: float
    peak_mb: float
