# tries: half an answer, and then the end of the process with status 0
# item: truncated messages
# outcome: exited | bad_answer
import os
import struct
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    os.write(3, wire.header(wire.Kind.ANSWER, nonce, 4096) + bytes(100))
    os._exit(0)
