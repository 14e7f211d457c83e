# tries: hand a stub to itself
# item: a stub called with hostile arguments
# outcome: raised
# exercise: gradient_descent
def gradient_descent(grad, x0, lr, steps):
    return grad(grad)
