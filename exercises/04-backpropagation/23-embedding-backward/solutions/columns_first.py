import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    d = dy.shape[-1]
    dW = np.zeros((vocab, d))
    np.add.at(dW, ids.ravel(order="F"), dy.reshape(-1, d))
    if padding_idx is not None:
        dW[padding_idx] = 0
    return dW
