# tries: tensors on a graph, which could be evaluated again later
# item: lazy tensors
# outcome: structure | dtype | mismatch
# exercise: torch_descent
import torch


def torch_descent(w0, target, lr, steps):
    w = torch.tensor(w0, requires_grad=True)
    return w * 1, w * 0
