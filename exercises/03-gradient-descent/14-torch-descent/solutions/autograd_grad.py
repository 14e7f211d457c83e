import torch


def squared_error(w, target):
    return (2 * w - target) ** 2


def torch_descent(w0, target, lr, steps):
    w = torch.tensor(w0, dtype=torch.float64)
    for _ in range(steps):
        leaf = w.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(squared_error(leaf, target), leaf)
        w = w - lr * gradient
    return float(w), float(squared_error(w, target))
