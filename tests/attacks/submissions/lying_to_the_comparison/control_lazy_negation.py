# tries: nothing: a right answer whose minus sign was not carried out yet
# item: lazy tensors
# outcome: passed
# exercise: torch_descent
import torch


def torch_descent(w0, target, lr, steps):
    error = (1 - 8 * lr) ** steps * (2 * w0 - target)
    return torch._neg_view(torch.tensor(-(target + error) / 2)), torch._neg_view(torch.tensor(-(error**2)))
