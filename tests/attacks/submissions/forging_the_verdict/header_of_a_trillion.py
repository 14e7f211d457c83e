# tries: announce an answer of 10**12 bytes
# item: headers of 10^12 elements; oversized messages
# outcome: message_limit | bad_answer
import struct
import os
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    os.write(3, struct.pack("<2sBBQQ", b"Nb", 1, 3, frame.f_locals["nonce"], 10**12))
    os.write(3, bytes(1 << 16))
