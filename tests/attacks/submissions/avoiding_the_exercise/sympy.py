# tries: let SymPy derive the gradient
# item: SymPy
# outcome: raised
import sympy


def layernorm_backward(x, gamma, dy, eps):
    return sympy.diff(sympy.Symbol("x") ** 2)
