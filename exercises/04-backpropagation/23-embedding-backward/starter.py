import numpy as np


def embedding_backward(ids, dy, vocab, padding_idx):
    """Return dW, shape (vocab, d), the gradient of the table in y = W[ids].

    ids: integers, any shape
    dy: the gradient at y, shape (*ids.shape, d)
    vocab: the number of rows of the table
    padding_idx: the row that gets no gradient, or None
    """
    ...
