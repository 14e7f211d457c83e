"""Programs for the engine. The judge's side computes them with torch's autograd in float64."""

import operator

import numpy as np
import torch


class Tensor:
    """What torch means otherwise, or calls otherwise."""

    def sum(x, axis=None, keepdims=False):
        return x.sum() if axis is None and not keepdims else x.sum(dim=axis, keepdim=keepdims)

    def mean(x, axis=None, keepdims=False):
        return x.mean() if axis is None and not keepdims else x.mean(dim=axis, keepdim=keepdims)

    def max(x, axis, keepdims=False):
        return torch.amax(x, dim=axis, keepdim=keepdims)

    def reshape(x, shape):
        return x.reshape(shape)

    def matmul(a, b):
        if min(a.ndim, b.ndim) < 2:
            raise ValueError("operands of @ have two axes or more")
        return a @ b

    def transpose(x):
        return x.permute(tuple(reversed(range(x.ndim))))


class Program:
    """A program in the making, with the arrays that its values have: they stay of a readable size."""

    def __init__(self, rng, *leaves):
        self.rng = rng
        self.leaves = [array(rng, one) if isinstance(one, tuple) else one for one in leaves]
        self.values = list(self.leaves)
        self.nodes = []

    def add(self, op, *operands, **options):
        """One more node; the index of its value."""
        value = self.evaluated(op, operands, options)
        node = {"op": op, "of": list(operands)}
        self.nodes.append({**node, "options": options} if options else node)
        self.values.append(value)
        return len(self.values) - 1

    def evaluated(self, op, operands, options):
        return apply(op, [self.values[one] if type(one) is int else one for one in operands], options)

    def close(self):
        """The last value times random numbers, summed: every entry has a gradient of its own."""
        weights = array(self.rng, np.shape(self.values[-1]))
        return self.add("sum", self.add("mul", len(self.values) - 1, weights))

    def done(self, *outputs):
        return {"leaves": self.leaves, "nodes": self.nodes, "outputs": list(outputs) or [self.close()]}


def array(rng, shape):
    """No entry near 0, so that no mistake is hidden by chance."""
    return np.asarray(rng.uniform(0.5, 2.0, size=shape) * rng.choice([-1.0, 1.0], size=shape))


def positive(rng, shape):
    return rng.uniform(0.5, 2.0, size=shape)


def apply(op, given, options):
    """With NumPy, for the sizes and shapes of the values."""
    x = np.asarray(given[0])
    if op == "relu":
        return np.maximum(x, 0)
    if op == "reshape":
        return x.reshape(options["shape"])
    if op == "getitem":
        return x[tuple(map(part, options["key"]))]
    if op in ("sum", "mean", "max", "transpose"):
        return getattr(x, op)(**options)
    return getattr(operator if hasattr(operator, op) else np, op)(*given)


def part(key):
    """A text like "1:" is a slice."""
    return slice(*(int(n) if n else None for n in key.split(":"))) if isinstance(key, str) else key


def programs(rng, group):
    makers = {
        "elementwise": elementwise,
        "broadcast": broadcast,
        "left": left,
        "matmul": matmul,
        "reductions": reductions,
        "places": places,
        "twice": twice,
        "order": order,
        "random": random_programs,
        "passes": passes,
    }
    return makers[group](rng)


def elementwise(rng):
    """Each operation alone, on equal shapes."""
    made = []
    for shape in [(3,), (2, 3)]:
        for op in ("add", "sub", "mul", "truediv"):
            p = Program(rng, shape, shape)
            p.add(op, 0, 1)
            made.append(p.done())
        for op in ("neg", "exp", "log", "tanh", "relu"):
            p = Program(rng, positive(rng, shape) if op == "log" else shape)
            p.add(op, 0)
            made.append(p.done())
        for n in (2.0, 3.0, -1.0, 0.5):
            p = Program(rng, positive(rng, shape))
            p.add("pow", 0, n)
            made.append(p.done())
    return made


BROADCAST = [
    ((2, 3), (3,)),
    ((3,), (2, 3)),
    ((2, 3), (2, 1)),
    ((1, 3), (2, 3)),
    ((3, 1), (1, 4)),
    ((3, 1), (4,)),
    ((2, 1, 3), (4, 1)),
    ((1, 3), (1, 3)),
    ((2, 3), ()),
    ((), (4,)),
    ((3, 3), (3,)),
    ((3, 3), (3, 1)),
]


def broadcast(rng):
    """Axes that are missing, axes of length 1 that are stretched, and some that really have length 1."""
    made = []
    for one, other in BROADCAST:
        p = Program(rng, one, other)
        p.add(str(rng.choice(["add", "sub", "mul", "truediv"])), 0, 1)
        made.append(p.done())
    for one, other in BROADCAST[:6]:
        p = Program(rng, one, other)
        p.add("add", 0, 1)
        made.append(p.done())
    return made


def left(rng):
    """Numbers and arrays on the left of a tensor."""
    made = []
    for op in ("sub", "truediv", "add", "mul"):
        p = Program(rng, (2, 3))
        p.add(op, float(positive(rng, ())) + 2.0, 0)
        made.append(p.done())
    for op in ("sub", "truediv", "add", "mul"):
        p = Program(rng, (3,))
        p.add(op, array(rng, (2, 3)), 0)
        made.append(p.done())
    return made


def matmul(rng):
    """Matrices, stacks of them that broadcast, and one with an array on the left."""
    made = []
    shapes = [
        ((2, 3), (3, 4)),
        ((1, 3), (3, 2)),
        ((3, 3), (3, 3)),
        ((2, 3, 4), (2, 4, 5)),
        ((2, 3, 4), (4, 5)),
    ]
    for one, other in [*shapes, ((3, 4), (2, 4, 5)), ((1, 3, 4), (2, 4, 5)), ((2, 1, 3, 2), (4, 2, 3))]:
        p = Program(rng, one, other)
        p.add("matmul", 0, 1)
        made.append(p.done())
    p = Program(rng, (3, 2))
    p.add("matmul", array(rng, (4, 3)), 0)
    made.append(p.done())
    return made


def reductions(rng):
    made = []
    for op in ("sum", "mean"):
        for shape, axis in [
            ((2, 3), 0),
            ((2, 3), 1),
            ((3, 3), 1),
            ((3, 3), -1),
            ((2, 3, 4), 1),
            ((2, 3, 4), (0, 2)),
            ((5,), 0),
        ]:
            p = Program(rng, shape)
            p.add(op, 0, axis=axis)
            made.append(p.done())
        for shape, axis in [((2, 3), 0), ((2, 3, 4), (1, 2))]:
            p = Program(rng, shape)
            p.add(op, 0, axis=axis, keepdims=True)
            made.append(p.done())
    p = Program(rng, (2, 3))
    p.add("mul", p.add("mean", 0), 3.0)
    made.append(p.done())
    tops = [((2, 3), 0, False), ((3, 3), 1, False), ((2, 3, 4), 1, False), ((2, 3), -1, True)]
    for shape, axis, keepdims in tops:
        p = Program(rng, distinct(rng, shape))
        p.add("max", 0, axis=axis, keepdims=keepdims)
        made.append(p.done())
    return made


def distinct(rng, shape):
    """No two entries near each other: a maximum is one."""
    n = int(np.prod(shape))
    return (rng.permutation(n) * 0.3 + rng.uniform(0, 0.1, size=n) - 0.15 * n).reshape(shape)


def places(rng):
    """Reshape, transpose, index: the same numbers elsewhere."""
    made = []
    for shape, new in [((2, 6), (3, 4)), ((6,), (2, 3)), ((2, 3, 2), (12,))]:
        p = Program(rng, shape)
        p.add("reshape", 0, shape=new)
        made.append(p.done())
    for shape in [(2, 3), (3, 3), (2, 3, 4)]:
        p = Program(rng, shape)
        p.add("transpose", 0)
        made.append(p.done())
    keys = [["1:"], [0], [":", 1], ["::2", "1:3"], [np.array([2, 0])], [np.array([1, 1, 0, 1])]]
    keys.append([np.array([0, 2, 2]), np.array([1, 3, 3])])
    for key in keys:
        p = Program(rng, (3, 4))
        p.add("getitem", 0, key=key)
        made.append(p.done())
    return made


def twice(rng):
    """A tensor that is used more than once, with operands that must not share an array."""
    made = []
    p = Program(rng, (3,))
    p.add("add", 0, 0)
    made.append(p.done())
    p = Program(rng, (2, 2))
    p.add("matmul", 0, 0)
    made.append(p.done())
    p = Program(rng, (3,), (3,))
    p.add("add", p.add("add", 0, 1), 0)
    made.append(p.done())
    p = Program(rng, (3,), (3,))
    p.add("add", 0, p.add("add", 1, 0))
    made.append(p.done())
    p = Program(rng, (2, 3), (3,))
    p.add("mul", p.add("add", 0, 1), 1)
    made.append(p.done())
    p = Program(rng, (2, 3), (3,))
    c = p.add("mul", 0, 1)
    p.add("add", c, c)
    made.append(p.done())
    p = Program(rng, (4,))
    p.add("mul", p.add("getitem", 0, key=["1:"]), p.add("getitem", 0, key=[":-1"]))
    made.append(p.done())
    return made


def order(rng):
    """A value that reaches the output on a short way and on a long one, whichever operand comes first."""
    made = []
    for short_first in (True, False):
        p = Program(rng, (2, 3), (3,))
        c = p.add("mul", 0, 1)
        d = p.add("tanh", c)
        p.add("mul", *((c, d) if short_first else (d, c)))
        made.append(p.done())
        p = Program(rng, (2, 3), (2, 1))
        c = p.add("add", 0, 1)
        d = p.add("mul", p.add("mul", p.add("tanh", c), 0), 1.5)
        p.add("add", *((c, d) if short_first else (d, c)))
        made.append(p.done())
    return made


def passes(rng):
    """Several passes, over the same leaves and over the same values between."""
    made = []
    p = Program(rng, (3,), (2, 1))
    y = p.add("sum", p.add("mul", 0, 1))
    made.append(p.done(y, p.add("sum", p.add("add", 0, 1))))
    p = Program(rng, (2, 3))
    c = p.add("mul", 0, 0)
    y = p.add("sum", c)
    made.append(p.done(y, p.add("sum", p.add("mul", c, array(rng, (3,))))))
    p = Program(rng, (3,))
    y = p.add("mean", p.add("mul", p.add("exp", 0), 0))
    made.append(p.done(y, y))
    return made


SHAPES = [(3, 4), (4,), (3, 1), (1, 4), (2, 3, 4), (4, 3), (3, 3), ()]
BINARY = ["add", "sub", "mul", "truediv"]
UNARY = ["neg", "exp", "log", "tanh", "relu", "transpose"]


def random_programs(rng):
    return [random_program(rng, nodes=int(rng.integers(5, 13))) for _ in range(16)]


def random_program(rng, nodes):
    """Operations drawn at random; what is left over at the end is added up."""
    chosen = rng.choice(len(SHAPES), size=int(rng.integers(2, 5)))
    p, used = Program(rng, *(SHAPES[i] for i in chosen)), set()
    while len(p.nodes) < nodes:
        op, operands, options = draw(rng, p)
        if is_fine(p, op, operands, options):
            p.add(op, *operands, **options)
            used.update(one for one in operands if type(one) is int)
    idle = [i for i in range(len(p.values)) if i not in used]
    total = None
    for one in idle:
        y = p.add("sum", p.add("mul", one, array(rng, np.shape(p.values[one]))))
        total = y if total is None else p.add("add", total, y)
    return p.done(total)


def draw(rng, p):
    """Recent values are taken more often, so that programs grow deep."""
    weights = np.arange(1, len(p.values) + 1)
    a, b = (int(one) for one in rng.choice(len(p.values), size=2, p=weights / weights.sum()))
    kind, ndim = rng.random(), np.ndim(p.values[a])
    if kind < 0.4:
        number = float(positive(rng, ()))
        return str(rng.choice(BINARY)), [[a, b], [a, b], [a, number], [number, b]][int(rng.integers(4))], {}
    if kind < 0.55:
        return "matmul", [a, b], {}
    if kind < 0.75 and ndim:
        axis = int(rng.integers(ndim))
        return str(rng.choice(["sum", "mean", "max"])), [a], {"axis": axis, "keepdims": bool(rng.integers(2))}
    if kind < 0.85 and ndim:
        n = p.values[a].shape[0]
        key = [["1:"], [rng.integers(n, size=3)], [int(rng.integers(n))]][int(rng.integers(3))]
        return "getitem", [a], {"key": key}
    if kind < 0.9:
        return "pow", [a, float(rng.choice([2.0, 3.0, -1.0]))], {}
    return str(rng.choice(UNARY)), [a], {}


def is_fine(p, op, operands, options):
    """Shapes that fit, no kink, no tie, no pole, and no number that outgrows the others."""
    given = [np.asarray(p.values[one] if type(one) is int else one) for one in operands]
    if op in ("relu", "pow", "truediv") and np.min(np.abs(given[-1 if op == "truediv" else 0])) < 0.1:
        return False
    if op == "log" and given[0].min() < 0.2:
        return False
    if op in ("exp", "tanh") and np.max(np.abs(given[0])) > 2.5:
        return False
    if op == "matmul" and min(one.ndim for one in given) < 2:
        return False
    if op == "max" and has_tie(given[0], options["axis"]):
        return False
    try:
        y = p.evaluated(op, operands, options)
    except ValueError:
        return False
    return 0 < np.size(y) <= 80 and np.max(np.abs(y)) < 20


def has_tie(x, axis):
    top = np.sort(x, axis=axis)
    n = x.shape[axis]
    return n > 1 and np.min(np.take(top, n - 1, axis) - np.take(top, n - 2, axis)) < 0.05
