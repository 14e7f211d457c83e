# tries: let torch take the gradient
# outcome: raised
import torch


def layernorm_backward(x, gamma, dy, eps):
    x = torch.tensor(x, requires_grad=True)
