def derivative(f, x, dtype):
    h = 1e-3
    return (f(x + h) - f(x - h)) / (2 * h)
