import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    d = dy.shape[-1]
    dW = np.zeros((vocab, d))
    np.add.at(dW, ids, dy)
    dW /= np.maximum(np.bincount(ids.ravel(), minlength=vocab), 1)[:, None]
    if padding_idx is not None:
        dW[padding_idx] = 0
    return dW
