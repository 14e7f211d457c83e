# tries: complex numbers where the shim should fetch the parameters, to fail where the path is drawn
# item: replaced code of the shim
# outcome: dtype | shape
# exercise: adamw
import sys

import numpy as np

operations = sys.modules["inside.operations"].Operations
fetch = operations.do_fetch
operations.do_fetch = lambda self, thing: [p + 1j for p in fetch(self, thing)]


class AdamW:
    def __init__(self, params, **options):
        self.lr = 0.0

    def step(self, grads):
        pass
