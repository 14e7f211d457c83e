import numpy as np


def fused_activation_backward(x, b, dy):
    z = x + b
    s = z * np.float32(0.5) if z.dtype == np.float32 else z * 0.5
    np.tanh(s, out=s)
    s += 1
    s *= 0.5
    t = 1 - s
    t *= z
    t += 1
    t *= s
    t *= dy
    return t, t.sum(axis=0)
