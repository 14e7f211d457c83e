# tries: makes the judge's parameters integers in place
# item: precision that the answer does not have
# outcome: dtype | raised
# exercise: adamw
class AdamW:
    def __init__(self, params, **options):
        self.params, self.lr = params, 0.0

    def step(self, grads):
        for p in self.params:
            p.dtype = "i8"
