import torch


def torch_descent(w0, target, lr, steps):
    w = torch.nn.Parameter(torch.tensor(w0))
    optimizer = torch.optim.SGD([w], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        ((2 * w - target) ** 2).backward()
        optimizer.step()
    return w.item(), ((2 * w - target) ** 2).item()
