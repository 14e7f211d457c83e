import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    rows, upstream = ids.reshape(-1), dy.reshape(-1, dy.shape[-1])
    order = np.argsort(rows, kind="stable")
    present, first = np.unique(rows[order], return_index=True)
    dW = np.zeros((vocab, dy.shape[-1]))
    dW[present] = np.add.reduceat(upstream[order], first, axis=0)
    if padding_idx in present:
        dW[padding_idx] = 0
    return dW
