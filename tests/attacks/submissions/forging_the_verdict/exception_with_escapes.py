# tries: an exception whose text would drive a terminal or a page
# item: hostile exceptions
# outcome: raised
import os
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    encoding = sys.modules["inside.encoding"]
    payload = b"".join(map(bytes, encoding.encode(("", "\x1b[2J<script>", "\x00\x1b]0;passed\x07" * 99, ((2**62, "\n" * 999, "</pre>" * 999),)), foreign=str)))
    os.write(3, wire.header(wire.Kind.RAISED, nonce, len(payload)) + payload)
