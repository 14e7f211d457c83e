# tries: let torch take the gradient
# item: torch imported where it is absent
# outcome: raised
import torch


def layernorm_backward(x, gamma, dy, eps):
    x = torch.tensor(x, requires_grad=True)
