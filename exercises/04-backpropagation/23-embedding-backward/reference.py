"""An embedding as torch indexes a table."""

import numpy as np
import torch


def forward(W, ids, padding_idx):
    """The rows of W at the ids; the row of padding is held at zero."""
    if padding_idx is not None and padding_idx >= len(W):
        raise ValueError("padding_idx is no id")
    held = torch.arange(len(W)) == (-1 if padding_idx is None else padding_idx)  # (vocab,)
    return torch.where(held[:, None], 0.0, W)[torch.as_tensor(ids)]


def cases(rng, group):
    return {"once": once, "repeated": repeated, "axes": axes, "padding": padding}[group](rng)


def once(rng):
    """Id 0 is among them; id 1 and the highest one are not."""
    made = []
    for vocab, n, d in [(6, 4, 3), (6, 3, 3), (9, 3, 2), (4, 2, 5), (7, 5, 1)]:
        others = 2 + rng.permutation(vocab - 3)[: n - 1]
        made.append(look_up(rng, rng.permuted(np.append(others, 0)), vocab, d))
    return made


def repeated(rng):
    made = []
    for vocab, n, d in [(5, 6, 3), (4, 4, 4), (8, 5, 2), (3, 9, 2), (6, 7, 1)]:
        ids = rng.integers(vocab, size=n)
        ids[: n // 2] = ids[0]
        made.append(look_up(rng, rng.permuted(ids), vocab, d))
    return made


def axes(rng):
    """Every sequence repeats an id, and sequences differ."""
    made = []
    settings = [(6, (2, 4), 3), (5, (3, 3), 2), (7, (2, 2, 3), 2), (4, (1, 5), 3), (5, (5, 1), 2)]
    for vocab, shape, d in settings:
        ids = rng.integers(vocab, size=shape)
        ids[..., -1] = ids[..., 0]
        ids.flat[0] = (ids.flat[-1] + 1) % vocab
        made.append(look_up(rng, ids, vocab, d))
    return made


def padding(rng):
    """Sequences of different lengths, filled up with padding; its id is 0, the last one, or in between.

    The very first id is padding in the last of them.
    """
    made = []
    for vocab, shape, d, pad in [
        (6, (3, 5), 2, 2),
        (5, (2, 6), 3, 0),
        (4, (3, 4), 2, 3),
        (6, (7,), 2, 1),
        (5, (3, 4), 2, 1),
    ]:
        ids = rng.integers(vocab, size=shape)
        ids[..., -2:] = pad
        ids.flat[:2] = (pad + np.array([1, vocab - 1])) % vocab
        made.append(look_up(rng, ids, vocab, d, pad))
    made[-1]["ids"].flat[0] = made[-1]["padding_idx"]
    return made


def look_up(rng, ids, vocab, d, padding_idx=None):
    return {"W": rng.normal(size=(vocab, d)), "ids": ids, "vocab": vocab, "padding_idx": padding_idx}


EXAMPLE_IDS, NO_PADDING = np.array([3, 1, 3]), None  # TOML has neither; there a list is float64
