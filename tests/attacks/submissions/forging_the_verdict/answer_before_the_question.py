# tries: send well-formed answers for calls that were not made yet
# item: fake answers for calls not yet asked
# outcome: bad_answer
import os
import sys

import numpy as np


def fake(wire, encoding, nonce):
    payload = b"".join(encoding.encode((None, False, (), ()), foreign=str))
    return wire.header(wire.Kind.ANSWER, nonce, len(payload)) + payload


def layernorm_backward(x, gamma, dy, eps):
    wire, encoding = sys.modules["inside.wire"], sys.modules["inside.encoding"]
    for nonce in range(20):
        os.write(3, fake(wire, encoding, nonce))
    return np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)
