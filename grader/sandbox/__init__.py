"""Runs code that nobody trusts, and gives back values.

with Sandbox() as sandbox, sandbox.box(Runtime.NUMPY) as box:
    box.load(source)
    reply = box.call("gradient", x)     # Answer | Raised | Ended
"""

from grader.sandbox.level import Level, Runtime
from grader.sandbox.limits import Limits, Usage
from grader.sandbox.reply import (
    Answer,
    Callback,
    CallRefused,
    Ended,
    Frame,
    Raised,
    Reply,
    Witness,
)

__all__ = [
    "Answer",
    "CallRefused",
    "Callback",
    "Ended",
    "Frame",
    "Level",
    "Limits",
    "Raised",
    "Reply",
    "Runtime",
    "Usage",
    "Witness",
]
