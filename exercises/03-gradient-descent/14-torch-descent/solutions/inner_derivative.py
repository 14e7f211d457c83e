def torch_descent(w0, target, lr, steps):
    w = w0
    for _ in range(steps):
        w -= lr * 2 * (2 * w - target)
    return w, (2 * w - target) ** 2
