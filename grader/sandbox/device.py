"""The GPU of this node, as far as boxes need it: its nodes and driver, its memory, and who may use it now."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pynvml

from grader.errors import InfrastructureError

_CONTROL = Path("/dev/nvidiactl")
_LIBRARIES = ("libcuda.so*", "libnvidia-*.so*")
_PLACES = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
_FOLDERS = ("/sys/devices/system/cpu", "/sys/devices/system/node")  # the driver asks for both
_LOCK_S = 120.0
_PAUSE_S = 0.05


@dataclass(frozen=True)
class Device:
    """One GPU; paths are the host's, and appear under the same names in the tree of a box."""

    name: str
    driver: str
    nodes: tuple[str, ...]  # the first is the device's own
    files: tuple[str, ...]  # of the driver, to be read
    used_bytes: Callable[[], int]  # memory in use on it, by anybody
    idle_bytes: int = 0  # in use when no box was
    torch: str = "cuda"  # what torch calls it

    @property
    def lock(self) -> Path:
        """The file whose lock its user holds."""
        return Path(tempfile.gettempdir()) / f"nabla-{Path(self.nodes[0]).name}.lock"


@cache
def find() -> Device | str:
    """This node's first GPU, or the sentence that says why boxes can have none."""
    if not _CONTROL.exists():
        return f"there is no NVIDIA device here ({_CONTROL} is missing)"
    try:
        pynvml.nvmlInit()
        handle = pynvml.nvmlDeviceGetHandleByIndex(0)
        number = pynvml.nvmlDeviceGetMinorNumber(handle)
        memory = partial(_used_bytes, handle)
        device = Device(
            name=str(pynvml.nvmlDeviceGetName(handle)),
            driver=str(pynvml.nvmlSystemGetDriverVersion()),
            nodes=(f"/dev/nvidia{number}", str(_CONTROL), "/dev/nvidia-uvm"),
            files=(*_libraries(), *(folder for folder in _FOLDERS if os.path.isdir(folder))),
            used_bytes=memory,
            idle_bytes=memory(),
        )
    except pynvml.NVMLError as error:
        return f"the NVIDIA driver does not answer: {error}"
    missing = [node for node in device.nodes if not os.path.exists(node)]
    if missing:
        return f"{', '.join(missing)} is missing: load the module, or give it to the container"
    return device


def _used_bytes(handle: Any) -> int:
    return int(pynvml.nvmlDeviceGetMemoryInfo(handle).used)


def _libraries() -> list[str]:
    """The driver's shared libraries; a container has each of them mounted by itself."""
    places = {os.path.realpath(place) for place in _PLACES}
    return sorted(
        str(path)
        for place in places
        for pattern in _LIBRARIES
        for path in Path(place).glob(pattern)
        if path.is_file() and not path.is_symlink()
    )


class Turn:
    """The right to use a device, which one process of the node has at a time."""

    def __init__(self, device: Device) -> None:
        self._path = device.lock
        self._fd: int | None = None

    def take(self, *, wait_s: float = _LOCK_S) -> None:
        """Wait until nobody else uses the device. Raises InfrastructureError after `wait_s` seconds."""
        if self._fd is not None:
            return
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(fd)
                    words = f"the GPU has been in use by another process for {wait_s:.0f} s"
                    raise InfrastructureError(words) from None
                time.sleep(_PAUSE_S)
        self._fd = fd

    def give(self) -> None:
        """Let others use it."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
