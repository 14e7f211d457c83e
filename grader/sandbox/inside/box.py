"""A box's life: confine itself, say that it is ready, then perform one request after the other."""

from __future__ import annotations

import linecache
import os
import socket
import sys
from functools import partial
from typing import NoReturn

import numpy as np

from . import faults, kernel, wire
from .channel import Channel
from .decoding import decode
from .kernel import Step, take
from .memory import Memory
from .operations import Operations
from .orders import CHANNEL, INCOMING, OUTGOING
from .wire import Kind, WireError

_REHEARSALS = 30  # more than the interpreter waits before it adapts code
_REPLY_BYTES = 1 << 12
_REQUEST, _ANSWER = Kind.REQUEST, Kind.ANSWER
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


def last_steps(device: str) -> tuple[Step, ...]:
    """What a box does when it is confined: wake the device, if it has one, and say that it is ready."""
    # in the box only: a process that has used CUDA cannot be forked
    wake: tuple[Step, ...] = (("wake the device", partial(_wake, device)),) if device else ()
    return (*wake, kernel.step_write(CHANNEL, wire.header(Kind.READY, 0, 0)))


def unborn(device: str = "") -> Operations:
    """What each box begins with, made once in the template; tensors will live on `device`."""
    return _operations(CHANNEL, device)


def rehearse(runtime: str) -> None:
    """Do, in the template, what each box does first.

    The interpreter adapts code that it runs and remembers where it found attributes: a box that finds this
    done writes to fewer pages.
    """
    sys._clear_type_cache()
    kernel.rehearse(_REHEARSALS)
    load, call = (_PLAYS[runtime], _PLAY, _PLAY, ()), ("f", (np.zeros(2),), dict[str, object]())
    judge, box = socket.socketpair()
    with judge, box:
        for _ in range(_REHEARSALS):
            operations = _operations(box.fileno())
            for request in (("load", load), ("call", call)):
                judge.sendall(b"".join(wire.frame(Kind.REQUEST, 0, operations.encode(request))))
                _answer(operations)
                reply = judge.recv(_REPLY_BYTES)
                if wire.parse_header(reply[: wire.HEADER.size])[0] is not _ANSWER:
                    why = decode(reply[wire.HEADER.size :], extend=str)
                    raise RuntimeError(f"the rehearsal of {request[0]} failed: {why}")
    del sys.modules[_PLAY], linecache.cache[_PLAY]


def live(operations: Operations, steps: list[Step]) -> NoReturn:
    """Run in a freshly forked process; never returns."""
    try:
        take(steps)
    except Exception as error:  # noqa: BLE001  whatever it is: without isolation there is no box
        operations.channel.send(Kind.FAULT, 0, f"{type(error).__name__}: {error}"[:500])
        os._exit(70)
    while True:
        _answer(operations)


def _operations(channel: int, device: str = "") -> Operations:
    return Operations(Channel(channel), Memory(incoming=INCOMING, outgoing=OUTGOING), device=device)


def _wake(device: str) -> int:
    """Make the context, and load what the first computation loads."""
    torch = sys.modules["torch"]
    x = torch.eye(2, device=device, requires_grad=True)
    (x @ x).sum().backward()
    x.grad.cpu()
    return 0


def _answer(operations: Operations) -> None:
    """One request."""
    channel = operations.channel
    request, nonce, data = channel.receive()
    try:
        operations.answer = operations.perform(nonce, data)
        buffers = operations.encode(operations.answer, beside=request is _REQUEST)
        kind = _ANSWER
    except WireError:
        buffers, kind = operations.encode(None), Kind.OVERFLOW
    except BaseException as error:  # noqa: BLE001  the student's, whatever it derives from
        buffers, kind = operations.encode(faults.describe(error, operations.sources)), Kind.RAISED
        error.__traceback__ = None
    channel.write(kind, nonce, buffers)
