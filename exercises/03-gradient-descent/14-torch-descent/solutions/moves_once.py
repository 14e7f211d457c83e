import torch


def torch_descent(w0, target, lr, steps):
    w = torch.tensor(w0, requires_grad=True)
    for _ in range(steps):
        loss = (2 * w - target) ** 2
        loss.backward()
        if w.is_leaf and w.grad is not None:
            w = w - lr * w.grad
    return w.item(), (2 * w.item() - target) ** 2
