# tries: arrays that are put right after they were returned, when the next call comes
# item: an output that changes after it was returned
# outcome: mismatch
import numpy as np

kept = []


def layernorm_backward(x, gamma, dy, eps):
    xhat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    g = gamma * dy
    dx = g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)
    dx /= np.sqrt(x.var(-1, keepdims=True) + eps)
    for out, right in kept:
        out[:] = right
    wrong = np.zeros_like(dx)
    kept.append((wrong, dx))
    return wrong, (dy * xhat).sum(0), dy.sum(0)
