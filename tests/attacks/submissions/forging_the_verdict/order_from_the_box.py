# tries: sends a request of its own to the judge
# item: objects of the judge's own kinds
# outcome: bad_answer
import os
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    encoding = sys.modules["inside.encoding"]
    payload = b"".join(map(bytes, encoding.encode(("load", ("import os; os.system('true')", "a.py", "a")), foreign=str)))
    os.write(3, wire.header(wire.Kind.REQUEST, nonce, len(payload)) + payload)
