# tries: replace the import statement by one that finds what it likes
# item: import hooks; patched builtins
# outcome: mismatch | structure | raised
import builtins
import sys
import types

import numpy as np


builtins.__import__ = lambda name, *args, **options: types.SimpleNamespace(passed=True)
sys.path[:] = []
sys.modules.clear()


def layernorm_backward(x, gamma, dy, eps):
    return np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)
