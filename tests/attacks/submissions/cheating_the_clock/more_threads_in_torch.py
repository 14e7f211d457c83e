# tries: ask torch for more threads, and use them
# item: more threads than allowed
# outcome: mismatch | process_limit
# exercise: torch_descent
import torch

torch.set_num_threads(8)


def torch_descent(w0, target, lr, steps):
    large = torch.ones(1000, 1000)
    return w0, float((large @ large).sum() * 0)
