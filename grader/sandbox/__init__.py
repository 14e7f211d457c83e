"""Runs code that nobody trusts, and gives back values.

with Sandbox() as sandbox, sandbox.box(Runtime.NUMPY) as box:
    box.load(source)
    reply = box.call("gradient", x)     # Answer | Raised | Ended
"""

from grader.sandbox.box import Box
from grader.sandbox.doctor import Report, doctor, render
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
from grader.sandbox.sandbox import Sandbox

__all__ = [
    "Answer",
    "Box",
    "CallRefused",
    "Callback",
    "Ended",
    "Frame",
    "Level",
    "Limits",
    "Raised",
    "Reply",
    "Report",
    "Runtime",
    "Sandbox",
    "Usage",
    "Witness",
    "doctor",
    "render",
]
