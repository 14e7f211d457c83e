# tries: an answer larger than any right one, complete and well-formed
# item: oversized messages
# outcome: message_limit
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return np.zeros((1000, 1000)), gamma, gamma
