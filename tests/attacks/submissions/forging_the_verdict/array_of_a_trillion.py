# tries: announce an array of 10**12 elements inside a short answer
# item: headers of 10^12 elements
# outcome: bad_answer
import os
import struct
import sys


def layernorm_backward(x, gamma, dy, eps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    array = bytes((9, 11, 1)) + struct.pack("<Q", 10**12)
    payload = b"\x07" + struct.pack("<I", 5) + array
    os.write(3, struct.pack("<2sBBQQ", b"Nb", 1, 3, frame.f_locals["nonce"], len(payload)) + payload)
