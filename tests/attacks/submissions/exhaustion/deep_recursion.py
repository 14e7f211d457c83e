# tries: recurse for ever, with the limit raised
# item: deep nesting
# outcome: memory_limit | cpu_limit | crashed
import sys

sys.setrecursionlimit(10**9)


def layernorm_backward(x, gamma, dy, eps):
    return layernorm_backward(x, gamma, dy, eps)
