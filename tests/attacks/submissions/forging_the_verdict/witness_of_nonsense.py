# tries: a witness that says that input number -99 was changed
# item: fake answers for calls not yet asked
# outcome: bad_answer | mismatch
import os
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    encoding = sys.modules["inside.encoding"]
    payload = b"".join(map(bytes, encoding.encode(((x, gamma, gamma), False, (-99,), ()), foreign=str)))
    os.write(3, wire.header(wire.Kind.ANSWER, nonce, len(payload)) + payload)
