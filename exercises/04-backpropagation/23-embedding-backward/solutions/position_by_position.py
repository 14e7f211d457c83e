import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    dW = np.zeros((vocab, dy.shape[-1]))
    for position in np.ndindex(ids.shape):
        row = ids[position]
        if row != padding_idx:
            dW[row] += dy[position]
    return dW
