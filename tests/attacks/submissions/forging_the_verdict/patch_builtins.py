# tries: replace builtins that a comparison may use
# item: patched builtins
# outcome: mismatch | raised | structure | bad_answer
import builtins

import numpy as np


for name in ("max", "min", "sum", "any", "float", "zip"):
    setattr(builtins, name, lambda *args, **options: 0)
builtins.len = lambda thing: 3
builtins.isinstance = lambda thing, kind: True


def layernorm_backward(x, gamma, dy, eps):
    return np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)
