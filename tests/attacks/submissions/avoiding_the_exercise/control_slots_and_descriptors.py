# tries: nothing: a right optimizer as a dataclass with slots, its rate a property, its state kept by name
# item: control: unusual style
# outcome: passed
# exercise: adamw
# check: Two parameters, lr changed midway
import dataclasses
from types import SimpleNamespace

import numpy as np


@dataclasses.dataclass(slots=True, eq=False)
class AdamW:
    params: list
    rate: dataclasses.InitVar[float] = None
    betas: tuple = (0.9, 0.999)
    eps: float = 1e-8
    weight_decay: float = 0.01
    options: dict = dataclasses.field(default_factory=dict, init=False)

    def __init__(self, params, lr=1e-3, **options):
        self.params, self.options = tuple(params), {"lr": lr, "state": {}}
        for field in dataclasses.fields(self):
            if field.name not in ("params", "options"):
                setattr(self, field.name, options.get(field.name, field.default))

    @property
    def lr(self):
        return self.options["lr"]

    @lr.setter
    def lr(self, value):
        self.options = {**self.options, "lr": float(value)}

    def step(self, grads):
        for p, g in zip(self.params, iter(grads), strict=True):
            if g is not None:
                state = self.options["state"].setdefault(id(p), SimpleNamespace(t=0, m=0.0 * p, v=0.0 * p))
                self._move(p, g, state)

    def _move(self, p, g, state):
        beta1, beta2 = self.betas
        state.t += 1
        np.add(np.multiply(state.m, beta1, out=state.m), g - beta1 * g, out=state.m)
        np.add(np.multiply(state.v, beta2, out=state.v), np.square(g) * (1 - beta2), out=state.v)
        step = state.m / (1 - beta1**state.t)
        step /= np.sqrt(state.v / (1 - beta2**state.t)) + self.eps
        step += self.weight_decay * p
        p.flat[...] = (p - self.lr * step).ravel()
