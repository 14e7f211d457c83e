# tries: text that is not UTF-8
# item: bad dtypes
# outcome: bad_answer
import os
import struct
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    payload = bytes([wire.Tag.TUPLE]) + struct.pack("<I", 5) + bytes([wire.Tag.STR]) + struct.pack("<I", 4) + bytes([255] * 4)
    os.write(3, wire.header(wire.Kind.ANSWER, nonce, len(payload)) + payload)
