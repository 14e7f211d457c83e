# tries: nothing: the right loop by torch.func, float64 by default, results that are tensors without axes
# item: control: unusual style
# outcome: passed
# exercise: torch_descent
# check: Two to twelve steps
import torch

torch.set_default_dtype(torch.float64)


@torch.no_grad()
def torch_descent(w0, target, lr, steps):
    loss = lambda w: torch.nn.functional.mse_loss(2 * w, torch.tensor(target))  # noqa: E731
    w = torch.as_tensor(w0)
    for _ in range(steps):
        w = torch.lerp(w, w - torch.func.grad(loss)(w), lr)
    return w, loss(w).to(torch.float32)
