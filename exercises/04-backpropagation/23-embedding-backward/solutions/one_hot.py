import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    rows, upstream = ids.reshape(-1), dy.reshape(-1, dy.shape[-1])
    one_hot = np.eye(vocab)[rows]
    if padding_idx is not None:
        one_hot[:, padding_idx] = 0
    return one_hot.T @ upstream
