"""A coverage-guided fuzzer of what a box may send: `make fuzz`, or with few messages in the tests.

Each message is a hostile box's side of one conversation: bytes on the socket, and bytes in the memory beside
it. The judge's own code reads them, from `Box.call` down. Whatever they are, the call returns a reply, in
bounded time and memory, and a value that is accepted is one that can be sent back and comes out the same.

atheris owns the process that it runs in, so this is a program.
"""

import argparse
import os
import secrets
import socket
import sys
import tempfile
import time
import tracemalloc
from collections import deque
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["grader.sandbox"]):
    import grader.sandbox.box as boxes
    from grader.outcome import Outcome
    from grader.sandbox import answers
    from grader.sandbox.box import Box
    from grader.sandbox.inside import decoding, encoding, wire
    from grader.sandbox.inside.values import Handle, Opaque, Rng, Stub, Tensor
    from grader.sandbox.inside.wire import Kind
    from grader.sandbox.limits import Limits
    from grader.sandbox.link import Link
    from grader.sandbox.reply import Answer, Ended, Raised
    from grader.sandbox.shared import SharedMemory

import numpy as np  # noqa: E402  after what is instrumented

NONCE = 0x1122334455667788
LIMITS = Limits(message_mb=1, calls=20, wall_s=5.0, output_kb=1)
MOST = LIMITS.message_mb << 20
PER_BYTE = 200  # of memory, for a byte of a message: a dict's entry for a key without letters
SLOW_S = 1.0
LOOKED_AT = 50  # every so many messages their memory is measured


class Sent:
    """Stands for a process: what it sends is already there, and then it is gone."""

    ready = True

    def __init__(self, data: bytes, memory: SharedMemory) -> None:
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
        reader, writer = os.pipe()
        os.close(writer)
        theirs.setblocking(False)
        theirs.send(data)
        theirs.shutdown(socket.SHUT_WR)  # the judge's own frames still go out
        self.theirs, self.memory = theirs, memory
        self.link = Link(ours, reader, output_bytes=LIMITS.output_kb << 10)

    def await_ready(self) -> None: ...
    def look(self) -> None: ...
    def kill(self) -> None: ...

    def used(self) -> tuple[float, float]:
        return 0.0, 0.0

    def why(self) -> Ended:
        return Ended(Outcome.EXITED, "", "")

    def close(self) -> None:
        self.theirs.close()
        self.link.close()


def converse(data: bytes, memory: SharedMemory) -> Answer | Raised | Ended:
    """What the judge makes of it."""
    box = object.__new__(Box)
    process = Sent(data, memory)
    box.limits, box._process, box._link = LIMITS, process, process.link
    box._ended, box._closed, box._calls = None, None, 0
    box._spent_s, box._rests, box._when_asked = 0.0, False, None
    box._row, box._held, box._row_bytes = deque(), [], 0
    try:
        return box.call("f", callbacks={0: lambda arguments: arguments[0] if arguments else None})
    finally:
        process.close()


def check(data: bytes, memory: SharedMemory, *, measured: bool) -> None:
    """Everything that has to hold for one message."""
    beside, sent = data[:64], data[:60_000]
    os.pwrite(memory.incoming, beside, 0)
    if measured:
        tracemalloc.start()
    start = time.monotonic()
    reply = converse(sent, memory)
    assert time.monotonic() - start < SLOW_S, "slow"
    if measured:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < PER_BYTE * len(sent) + 2 * MOST + (1 << 20), f"{peak} bytes for {len(sent)}"
    assert type(reply) in (Answer, Raised, Ended), reply
    if type(reply) is Answer:
        again = b"".join(answers.encode(reply.value))
        assert b"".join(answers.encode(answers.decode(again))) == again, "not the same again"


def seeds() -> list[bytes]:
    """Conversations that are right, with every tag, every dtype and every kind of frame."""
    plain = (None, True, False, -1, 2**62, 0.5, float("nan"), "é", [1, (2, {"a": [], "": ()})])
    arrays = [np.zeros((2, 3), dtype) for dtype in wire.DTYPE] + [np.zeros((0, 4)), np.float32(1)]
    others = [Tensor(np.ones(3), True), Handle(7, "callable"), Opaque("set"), Stub(0, "f"), Rng(3)]
    tables = [[[np.ones(2), np.zeros((1, 3), np.float32)]] * 3, [[np.array(True)]] * 4]
    values = [*plain, *arrays, *others, *tables, np.zeros(1 << 12)]
    replies = [(value, False, (0,), ("Warning: w",)) for value in values]
    raised = ("", "ValueError", "text", ((3, "f", "x"),))
    calls = [(0, (1.0,)), (0, (np.ones(4),)), (1, ()), (0, ())]
    said = [frame(Kind.ANSWER, reply) for reply in replies]
    said += [frame(Kind.CALL, call) + frame(Kind.ANSWER, replies[0]) for call in calls]
    said += [frame(Kind.RAISED, raised), frame(Kind.OVERFLOW, None), frame(Kind.READY, None)]
    said += [
        frame(Kind.ANSWER, replies[3])[:-2],
        said[0] + said[0],
        beside(1 << 18, 0),
        beside(1 << 18, 1 << 30),
    ]
    return said


def frame(kind: Kind, value: object) -> bytes:
    payload = b"".join(encoding.encode(value, foreign=lambda thing: Opaque(type(thing).__name__)))
    return wire.header(kind, NONCE, len(payload)) + payload


def beside(size: int, offset: int) -> bytes:
    """An answer whose array lies beside the frame."""
    array = bytes((wire.Tag.ARRAY, wire.BESIDE | 5, 1)) + wire.ID.pack(size) + wire.ID.pack(offset)
    rest = b"".join(encoding.encode((False, (), ()), foreign=str))[5:]
    payload = bytes((wire.Tag.TUPLE,)) + wire.COUNT.pack(4) + array + rest
    return wire.header(Kind.ANSWER, NONCE, len(payload)) + payload


def mutate(data: bytes, size: int, seed: int) -> bytes:
    """libFuzzer's own mutations of the payload, under headers that say its length; at times of everything."""
    if seed % 4 == 0 or len(data) <= wire.HEADER.size:
        return atheris.Mutate(data, size)
    header, payload = data[: wire.HEADER.size], data[wire.HEADER.size :]
    payload = atheris.Mutate(payload, max(size - wire.HEADER.size, 1))
    kind = header[3] if seed % 16 else seed % 32
    return wire.header(kind, NONCE, len(payload)) + payload


def inline_unchecked(self: decoding._Decoder, size: int, _shape: tuple[int, ...]) -> int:
    """As the decoder's own, without its check."""
    start = self.position + -self.position % wire.ALIGN
    self.position = min(start + size, self.end)
    return start


def main() -> None:
    """Fuzz, and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--plant", action="store_true", help="remove a check, to see that it is missed")
    options = parser.parse_args()
    if options.plant:
        decoding._Decoder.inline = inline_unchecked
    boxes.secrets = type("Known", (), {"randbits": staticmethod(lambda bits: NONCE)})
    memory = SharedMemory(most=MOST)
    count = [0]

    def one(data: bytes) -> None:
        count[0] += 1
        check(data, memory, measured=count[0] % LOOKED_AT == 0)

    with tempfile.TemporaryDirectory() as corpus:
        for i, seed in enumerate(seeds()):
            one(seed)
            Path(corpus, f"{i:03}").write_bytes(seed)
        bounds = [f"-runs={options.messages}", f"-seed={options.seed}", "-max_len=4096", "-timeout=10"]
        print(f"{options.messages} messages, --seed {options.seed}", flush=True)
        atheris.Setup(
            [sys.argv[0], *bounds, f"-artifact_prefix={tempfile.gettempdir()}/nabla-fuzz-", corpus],
            one,
            custom_mutator=mutate,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
