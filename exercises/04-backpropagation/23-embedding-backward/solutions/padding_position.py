import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    d = dy.shape[-1]
    dW = np.zeros((vocab, d))
    dy = dy.copy()
    if padding_idx is not None:
        dy.reshape(-1, d)[padding_idx % ids.size] = 0
    np.add.at(dW, ids, dy)
    return dW
