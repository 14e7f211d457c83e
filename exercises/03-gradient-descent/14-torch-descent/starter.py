import torch


def torch_descent(w0, target, lr, steps):
    """Return the weight after `steps` steps, and the loss at that weight.

    prediction: 2 * w, loss: (2 * w - target) ** 2
    returns: two floats, (w, loss)
    """
    w = torch.tensor(w0, requires_grad=True)
    ...
