def derivative(f, x, dtype):
    h = 1e-5 * abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)
