"""A box's life: confine itself, say that it is ready, then perform one request after the other."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from typing import NoReturn

from . import confinement, faults
from .channel import Channel
from .confinement import Means
from .operations import Operations
from .orders import Order
from .wire import Kind, WireError


def live(order: Order, means: Means, channel: int, output: int) -> NoReturn:
    """Run in a freshly forked process; never returns."""
    try:
        confinement.confine(order, means, channel=channel, output=output)
    except Exception as error:  # noqa: BLE001  whatever it is: without isolation there is no box
        _say_fault(channel, error)
        os._exit(70)
    _serve(Channel(confinement.CHANNEL))


def _say_fault(channel: int, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:500]
    try:
        Channel(channel).send(Kind.FAULT, 0, text)
    except OSError:  # it is at its last place already
        Channel(confinement.CHANNEL).send(Kind.FAULT, 0, text)


def _serve(channel: Channel) -> NoReturn:
    operations = Operations(channel)
    channel.send(Kind.READY, 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    while True:
        nonce, data = channel.receive(Kind.REQUEST)
        try:
            answer = operations.perform(nonce, data)
            buffers = operations.encode(answer)
            kind = Kind.ANSWER
        except WireError:
            buffers, kind = operations.encode(None), Kind.OVERFLOW
        except BaseException as error:  # noqa: BLE001  the student's, whatever it derives from
            buffers, kind = operations.encode(faults.describe(error, operations.sources)), Kind.RAISED
            error.__traceback__ = None
        _flush()
        channel.write(kind, nonce, buffers)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):  # the student may have put anything there
            stream.flush()
