# tries: an array of a dtype that does not exist
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
    payload = bytes([wire.Tag.TUPLE]) + struct.pack("<I", 5) + bytes([wire.Tag.ARRAY, 200, 1]) + struct.pack("<Q", 1) + bytes(64)
    os.write(3, wire.header(wire.Kind.ANSWER, nonce, len(payload)) + payload)
