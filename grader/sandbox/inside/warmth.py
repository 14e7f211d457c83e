"""Importing and touching a runtime once, so that no box pays for it."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import tempfile
import warnings
from collections.abc import Iterator

from . import kernel
from .tree import PROC

_STDLIB = (
    *("collections", "copy", "dataclasses", "enum", "functools", "inspect", "itertools", "linecache"),
    *("math", "operator", "traceback", "types", "typing"),
)


def warm(runtime: str) -> None:
    """Import the runtime and everything of it that imports, compiles or allocates on first use."""
    for module in _STDLIB:
        importlib.import_module(module)
    random.random()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _warm_numpy()
        if runtime == "torch":
            _warm_torch()


@contextlib.contextmanager
def surroundings(scratch: str, proc: int, *, own: bool) -> Iterator[None]:
    """While warming, a writable directory, where torch makes caches, and what the host says of its processor:
    torch's half precision asks once. Boxes get an empty directory each, and of /proc nothing.
    """
    tempfile.tempdir = scratch  # looking for one would find none
    if not own:
        yield
        return
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    for path in (scratch, PROC):
        kernel.mount("tmpfs", path, "tmpfs", flags, "size=16m")
    with (
        contextlib.suppress(FileNotFoundError),  # there are hosts that do not tell
        open(os.open("cpuinfo", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc), "rb") as known,
        open(f"{PROC}/cpuinfo", "wb") as copy,
    ):
        copy.write(known.read())
    yield
    for path in (PROC, scratch):
        kernel.detach(path)


def _warm_numpy() -> None:
    import numpy as np

    rng = np.random.default_rng(0)
    np.random.seed(0)
    a = rng.normal(size=(4, 4))
    np.linalg.svd(a), np.linalg.inv(a), np.linalg.norm(a), np.fft.fft(a), np.einsum("ij,jk", a, a)
    importlib.import_module("numpy.ma")
    importlib.import_module("numpy.polynomial")
    repr(a), str(a.astype(np.float32))


def _warm_torch() -> None:
    import torch

    importlib.import_module("torch._dynamo")  # else the first optimizer spends 0.75 s on it
    torch.set_num_threads(1)
    torch.default_generator.manual_seed(0)
    layer = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.ReLU(), torch.nn.LayerNorm(3))
    for name in ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "NAdam", "RAdam"):
        optimizer = getattr(torch.optim, name)(layer.parameters(), lr=0.1)
        optimizer.zero_grad()
        layer(torch.randn(2, 3)).square().sum().backward()
        optimizer.step()
    x = torch.randn(3, 3, dtype=torch.float64, requires_grad=True)
    torch.autograd.grad(torch.linalg.svd(x)[1].sum(), x)
    torch.func.grad(lambda v: (v * v).sum())(x.detach())
    torch.autograd.gradcheck(torch.sin, (x,))
    torch.nn.functional.conv2d(torch.randn(1, 1, 4, 4), torch.randn(1, 1, 2, 2))
    torch.from_numpy(x.detach().numpy()).logsumexp(0), repr(x)
    with contextlib.suppress(RuntimeError):  # of hosts that do not tell what their processor is
        x.half()


def read_status(proc: int) -> dict[str, int]:
    """The numbers of /proc/self/status, in KiB where they are sizes."""
    with open(os.open("self/status", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc), encoding="utf-8") as status:
        fields = (line.split() for line in status)
        return {words[0][:-1]: int(words[1]) for words in fields if len(words) > 1 and words[1].isdecimal()}
