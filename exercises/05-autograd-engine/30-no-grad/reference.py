"""Programs for an engine that lets go. The judge's side computes them with torch, which does so too."""

LARGE = 200_000  # numbers of an array where memory is measured: 1.6 MB
OPERATIONS = (("add", [0, 1]), ("mul", [0, 1]), ("add", [0, 0.7]), ("mul", [0, 1.3]), ("tanh", [0]))


class Tensor:
    """Operands that have equal shapes, or one of them none."""

    def add(a, b):
        refuse_unless_equal(a, b)
        return a + b

    def mul(a, b):
        refuse_unless_equal(a, b)
        return a * b


def refuse_unless_equal(a, b):
    shapes = [one.shape for one in (a, b) if getattr(one, "ndim", 0)]
    if len(set(shapes)) > 1:
        raise ValueError("operands have equal shapes, or one of them is a number")


class Program:
    """A program in the making."""

    def __init__(self, rng, leaves=2, shape=(3,)):
        self.rng, self.shape = rng, shape
        self.leaves = [array(rng, shape) for _ in range(leaves)]
        self.nodes = []
        self.outputs, self.refused = [], []

    def add(self, op, *operands, **told):
        """One more node; the index of its value. `no_grad` is the number of blocks around it."""
        self.nodes.append({"op": op, "of": list(operands), **told})
        return len(self.leaves) + len(self.nodes) - 1

    def total(self, k, **told):
        """A sum in which every entry has a weight of its own, and a number behind it."""
        total = self.add("sum", self.add("mul", k, array(self.rng, self.shape), **told), **told)
        return self.add("mul", total, float(self.rng.uniform(0.5, 1.5)), **told)

    def backward(self, k, refused=False):
        """A pass from that value; the program."""
        self.refused += [len(self.outputs)] if refused else []
        self.outputs.append(k)
        return {"leaves": self.leaves, "nodes": self.nodes, "outputs": self.outputs, "refused": self.refused}


def array(rng, shape):
    """No entry near 0, so that no mistake is hidden by chance. A float where there is no axis."""
    found = rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    return found if shape else float(found)


def programs(rng, group):
    makers = {
        "engine": engine,
        "detached": detached,
        "unrecorded": unrecorded,
        "blocks": blocks,
        "interrupted": interrupted,
        "released": released,
        "alive": alive,
        "passes": passes,
        "quiet": quiet,
    }
    return makers[group](rng)


def engine(rng):
    """Every operation, values that are used twice, and graphs over the same leaves one after the other."""
    made = []
    for op, operands in (
        ("add", [0, 1]),
        ("mul", [0, 1]),
        ("add", [0, 0.7]),
        ("mul", [0, 1.3]),
        ("tanh", [0]),
    ):
        p = Program(rng, leaves=2, shape=(2, 3))
        made.append(p.backward(p.total(p.add("mul", p.add(op, *operands), 1))))
    for short_first in (True, False):
        p = Program(rng)
        c = p.add("mul", 0, 1)
        d = p.add("tanh", c)
        made.append(p.backward(p.total(p.add("mul", *((c, d) if short_first else (d, c))))))
    p = Program(rng)
    p.backward(p.total(p.add("mul", 0, 1)))
    p.backward(p.total(p.add("tanh", 0)))
    made.append(p.backward(p.total(p.add("add", p.add("mul", 1, 1), 0))))

    p = Program(rng, shape=())
    p.backward(p.total(p.add("mul", 0, 1)))
    p.backward(0)  # a leaf by itself
    made.append(p.backward(0))
    return made


def detached(rng):
    p = Program(rng, leaves=1)
    cube = p.add("mul", p.add("detach", p.add("mul", 0, 0)), 0)
    made = [p.backward(p.total(cube))]

    p = Program(rng)
    c = p.add("mul", 0, 1)
    made.append(p.backward(p.total(p.add("mul", p.add("detach", c), c))))

    p = Program(rng)
    c = p.add("tanh", p.add("mul", 0, 1))
    d = p.add("mul", p.add("detach", c), 1)
    made.append(p.backward(p.total(p.add("add", d, p.add("mul", c, c)))))

    p = Program(rng)
    made.append(p.backward(p.total(p.add("mul", p.add("detach", 0), 1))))

    p = Program(rng)
    c = p.add("mul", 0, 1)
    p.backward(p.total(p.add("mul", p.add("detach", c), 1)))  # does not go through c
    made.append(p.backward(p.total(p.add("mul", c, 0))))
    return made


def unrecorded(rng):
    """Each operation in a block by itself; then what is made before, in, after a block."""
    made = []
    for op, operands in (
        ("add", [0, 1]),
        ("mul", [0, 1]),
        ("add", [0, 0.7]),
        ("mul", [0, 1.3]),
        ("tanh", [0]),
    ):
        p = Program(rng)
        made.append(p.backward(p.total(p.add("mul", p.add(op, *operands, no_grad=1), 0))))

    p = Program(rng)
    d = p.add("mul", p.add("tanh", 0, no_grad=1), 1, no_grad=1)
    made.append(p.backward(p.total(p.add("add", p.add("mul", d, 1), p.add("mul", 0, 1)))))

    p = Program(rng)
    c = p.add("mul", 0, 1)
    d = p.add("mul", c, c, no_grad=1)
    made.append(p.backward(p.total(p.add("mul", d, c))))

    p = Program(rng)
    p.backward(p.total(p.add("mul", 0, 1, no_grad=1), no_grad=1))
    made.append(p.backward(p.total(p.add("mul", 0, 0))))
    return made


def blocks(rng):
    """Blocks in blocks: a chain of values at these depths."""
    return [
        chain(rng, depths) for depths in ([1, 2, 1, 0], [1, 3, 2, 0], [2, 1, 2, 1, 0], [1, 2, 1, 2, 0, 1])
    ]


def interrupted(rng):
    """Blocks that an exception ends, at these places of the chain. Each program ends with recorded values."""
    chains = (([1, 0, 0], [0]), ([2, 0, 0], [0]), ([1, 2, 0], [1]), ([2, 1, 0], [1]), ([1, 0, 1, 0], [0, 2]))
    return [chain(rng, depths, ends) for depths, ends in chains]


def chain(rng, depths, ends=()):
    """Each value is made of the one before, and all of them are in the output."""
    p = Program(rng)
    values = [0]
    for i, depth in enumerate(depths):
        block = {"no_grad": depth} if depth else {}
        values.append(p.add("mul", values[-1], 1, **block, **({"interrupted": True} if i in ends else {})))
    total = p.add("mul", 0, 1)
    for value in values[1:]:
        total = p.add("add", total, p.add("mul", value, array(rng, p.shape)))
    return p.backward(p.total(total))


def released(rng):
    """Passes that have to be refused, and passes that may not be."""
    p = Program(rng)
    y = p.total(p.add("mul", 0, 1))
    p.backward(y)
    made = [p.backward(y, refused=True)]

    for c_first in (True, False):
        p = Program(rng)
        c = p.add("mul", 0, 1)
        p.backward(p.total(p.add("tanh", c)))
        fresh = p.add("mul", 1, 1)
        z = p.total(p.add("mul", *((c, fresh) if c_first else (fresh, c))))
        made.append(p.backward(z, refused=True))

    p = Program(rng)
    y = p.total(p.add("tanh", 0))
    p.backward(y)
    p.backward(y, refused=True)
    made.append(p.backward(p.total(p.add("mul", 0, 1))))

    p = Program(rng)
    c = p.add("mul", 0, 1)
    p.backward(p.total(c))
    p.backward(p.total(p.add("mul", p.add("detach", c), 1)))
    made.append(p.backward(p.total(p.add("mul", p.add("mul", c, 2.0, no_grad=1), 0))))

    p = Program(rng)
    c, d = p.add("mul", 0, 1, no_grad=1), p.add("detach", p.add("mul", 0, 0))
    p.backward(p.total(p.add("mul", p.add("mul", c, d), 0)))
    made.append(p.backward(p.total(p.add("add", p.add("mul", c, 1), p.add("mul", d, 0)))))
    return made


def alive(rng):
    """Everything between the leaves and the outputs can be gone in the end."""
    p = Program(rng)
    made = [p.backward(p.total(p.add("tanh", p.add("mul", 0, 1))))]

    p = Program(rng)
    c = p.add("mul", 0, 1)
    p.backward(p.total(c))
    p.add("tanh", 1)  # leads nowhere
    made.append(p.backward(p.total(p.add("add", 0, 1))))

    p = Program(rng)
    c = p.add("detach", p.add("mul", 0, 1))
    c = p.add("detach", p.add("tanh", c))
    made.append(p.backward(p.total(p.add("mul", c, 0))))

    p = Program(rng)
    p.backward(p.add("detach", p.total(p.add("mul", 0, 1))))
    made.append(p.backward(p.total(p.add("mul", 1, 1))))

    p = Program(rng)
    c = p.add("mul", p.add("tanh", 0, no_grad=1), 1, no_grad=1)
    p.backward(p.total(c, no_grad=1))
    made.append(p.backward(p.total(p.add("mul", 0, 1))))
    return made


def passes(rng):
    """A dozen passes whose results are kept, each through a few large arrays."""
    p = Program(rng, leaves=2, shape=(LARGE,))
    made = {}
    for _ in range(12):
        c = p.add("mul", p.add("tanh", p.add("mul", 0, float(rng.uniform(0.5, 1.5)))), 1)
        made = p.backward(p.add("sum", c))
    return [made]


def quiet(rng):
    """Long chains that nobody goes back through: in a block, and detached at each step."""
    p = Program(rng, leaves=1, shape=(2 * LARGE,))
    c = p.add("mul", 0, float(rng.uniform(0.95, 1.0)), no_grad=1, times=20)
    for _ in range(20):
        c = p.add("detach", p.add("mul", c, float(rng.uniform(0.95, 1.0))))
    return [p.backward(p.add("sum", c))]
