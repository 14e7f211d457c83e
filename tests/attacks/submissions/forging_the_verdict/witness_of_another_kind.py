# tries: a witness of another kind than agreed
# item: bad dtypes
# outcome: bad_answer
import os
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    encoding = sys.modules["inside.encoding"]
    payload = b"".join(map(bytes, encoding.encode(((x, gamma, gamma), 1, 2, 3), foreign=str)))
    os.write(3, wire.header(wire.Kind.ANSWER, nonce, len(payload)) + payload)
