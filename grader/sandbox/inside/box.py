"""A box's life: confine itself, say that it is ready, then perform one request after the other."""

from __future__ import annotations

import linecache
import os
import sys
from typing import NoReturn

import numpy as np

from . import faults, kernel, wire
from .channel import Channel
from .memory import Memory
from .operations import Operations
from .orders import CHANNEL, INCOMING, OUTGOING
from .wire import Kind, WireError

_REHEARSALS = 30  # more than the interpreter waits before it adapts code
_PLAY = "rehearsal"
_PLAYS = {
    "numpy": "def f(x):\n    return x\n",
    "torch": (
        "import torch\n"
        "def f(x):\n"
        "    x = torch.tensor(x, requires_grad=True)\n"
        "    (x * x).sum().backward()\n"
        "    return x.grad.numpy()\n"
    ),
}


def ready() -> bytes:
    """The frame by which a box says that it is confined, and waits for requests."""
    return wire.header(Kind.READY, 0, 0)


def unborn(device: str = "") -> Operations:
    """What each box begins with, made once in the template; tensors will live on `device`."""
    return Operations(Channel(CHANNEL), Memory(incoming=INCOMING, outgoing=OUTGOING), device=device)


def rehearse(runtime: str) -> None:
    """Do, in the template, what each box does first.

    The interpreter adapts code that it runs and remembers where it found attributes: a box that finds this
    done writes to fewer pages.
    """
    sys._clear_type_cache()
    load, call = (_PLAYS[runtime], _PLAY, _PLAY, ()), ("f", (np.zeros(2),), dict[str, object]())
    for _ in range(_REHEARSALS):
        operations = unborn()
        for request in (("load", load), ("call", call)):
            data = bytearray(b"".join(operations.encode(request)))
            operations.encode(operations.perform(0, data))
    del sys.modules[_PLAY], linecache.cache[_PLAY]


def live(operations: Operations, steps: list[kernel.Step]) -> NoReturn:
    """Run in a freshly forked process; never returns."""
    try:
        kernel.take(steps)
        if operations.objects.device:
            _wake(operations.objects.device)  # in the box only: a process that has used CUDA cannot be forked
            kernel.take([kernel.step_write(CHANNEL, ready())])
    except Exception as error:  # noqa: BLE001  whatever it is: without isolation there is no box
        operations.channel.send(Kind.FAULT, 0, f"{type(error).__name__}: {error}"[:500])
        os._exit(70)
    _serve(operations)


def _wake(device: str) -> None:
    """Make the context, and load what the first computation loads."""
    torch = sys.modules["torch"]
    x = torch.eye(2, device=device, requires_grad=True)
    (x @ x).sum().backward()
    x.grad.cpu()


def _serve(operations: Operations) -> NoReturn:
    channel = operations.channel
    while True:
        request, nonce, data = channel.receive()
        try:
            answer = operations.perform(nonce, data)
            buffers = operations.encode(answer, beside=request == Kind.REQUEST)
            kind = Kind.ANSWER
        except WireError:
            buffers, kind = operations.encode(None), Kind.OVERFLOW
        except BaseException as error:  # noqa: BLE001  the student's, whatever it derives from
            buffers, kind = operations.encode(faults.describe(error, operations.sources)), Kind.RAISED
            error.__traceback__ = None
        channel.write(kind, nonce, buffers)
