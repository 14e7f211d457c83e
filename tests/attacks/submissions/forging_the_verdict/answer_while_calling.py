# tries: calls a stub and answers at once, without waiting for its result
# item: interleaved messages
# outcome: bad_answer | mismatch | calls
# exercise: gradient_descent
import os
import sys

import numpy as np


def gradient_descent(grad, x0, lr, steps):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire, nonce = sys.modules["inside.wire"], frame.f_locals["nonce"]
    encode = sys.modules["inside.encoding"].encode
    for kind, value in (("CALL", (0, (x0,))), ("ANSWER", (np.zeros((steps + 1, x0.size)), False, (), ()))):
        payload = b"".join(map(bytes, encode(value, foreign=str)))
        os.write(3, wire.header(wire.Kind[kind], nonce, len(payload)) + payload)
