# tries: hand a stub a list that contains itself
# item: a stub called with hostile arguments
# outcome: raised
# exercise: gradient_descent
def gradient_descent(grad, x0, lr, steps):
    loop = []
    loop.append(loop)
    return grad(loop)
