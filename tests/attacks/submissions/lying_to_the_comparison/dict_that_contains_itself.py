# tries: a dict that contains itself, inside a tuple that contains it
# item: recursion in containers
# outcome: structure
def layernorm_backward(x, gamma, dy, eps):
    loop = {}
    loop["again"] = (loop, loop)
    return loop, loop, loop
