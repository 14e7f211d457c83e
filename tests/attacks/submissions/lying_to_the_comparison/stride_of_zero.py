# tries: one number seen as a trillion
# item: non-contiguous arrays
# outcome: memory_limit | message_limit | raised
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return np.broadcast_to(0.0, (10**6, 10**6)), gamma, gamma
