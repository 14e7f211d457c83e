"""A student's bundle as it is used at home, but in a box: it runs a student's code."""

from dataclasses import dataclass

import numpy as np

from grader import archive
from grader.sandbox import Answer, Runtime, Sandbox

HOME = """
import os
import runpy


def place(name, data):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as file:
        file.write(data.tobytes())


def run():
    try:
        runpy.run_path("repro.py", run_name="__main__")
    except SystemExit as ended:
        return ended.code
"""


@dataclass(frozen=True)
class Run:
    """How the script ended, and what it printed."""

    code: int
    printed: str


def run_at_home(bundle: bytes, sandbox: Sandbox, *, runtime: Runtime = Runtime.NUMPY, **edited: str) -> Run:
    """Unpack a bundle in a box of its own, write over the files named by their stem, and run repro.py."""
    files = archive.unpack(bundle) | {f"{stem}.py": text.encode() for stem, text in edited.items()}
    with sandbox.box(runtime) as box:
        assert isinstance(box.load(HOME), Answer)
        for name, data in files.items():
            assert isinstance(box.call("place", name, np.frombuffer(data, np.uint8).copy()), Answer)
        reply = box.call("run")
        assert isinstance(reply, Answer), reply
        return Run(code=reply.value, printed=box.stdout.decode())
