import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    d = dy.shape[-1]
    dW = np.zeros((vocab, d))
    present, first = np.unique(ids, return_index=True)
    dW[present] = dy.reshape(-1, d)[first]
    if padding_idx is not None:
        dW[padding_idx] = 0
    return dW
