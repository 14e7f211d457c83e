import torch


def torch_descent(w0, target, lr, steps):
    w = torch.tensor(w0, requires_grad=True)
    for _ in range(steps + 1):
        loss = (2 * w - target) ** 2
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w.item(), (2 * w.item() - target) ** 2
