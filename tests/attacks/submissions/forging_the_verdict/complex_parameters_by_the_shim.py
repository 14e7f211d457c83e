# tries: complex numbers where the shim should copy the parameters, to fail where the path is drawn
# item: replaced code of the shim
# outcome: dtype | shape
# exercise: adamw
import sys

operations = sys.modules["inside.operations"]
snapshot = operations.snapshot
operations.snapshot = lambda things: [thing + 1j for thing in snapshot(things) if thing is not None]


class AdamW:
    def __init__(self, params, **options):
        self.lr = 0.0

    def step(self, grads):
        pass
