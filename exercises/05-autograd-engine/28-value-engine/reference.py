"""Programs for the engine. The judge's side computes them with torch's autograd in float64."""

import math
import operator

import numpy as np


class Program:
    """A program in the making, with the numbers that its values have: they stay of a readable size."""

    def __init__(self, rng, leaves=2):
        self.leaves = [away_from_zero(rng) for _ in range(leaves)]
        self.values = list(self.leaves)
        self.nodes = []
        self.outputs = []

    def add(self, op, *operands, times=1):
        """One more node; the index of its value."""
        value = self.evaluated(op, operands)
        for _ in range(times - 1):
            value = apply(op, [value, *map(self.number, operands[1:])])
        node = {"op": op, "of": list(operands)}
        self.nodes.append(node if times == 1 else {**node, "times": times})
        self.values.append(value)
        return len(self.values) - 1

    def evaluated(self, op, operands):
        return apply(op, [self.number(one) for one in operands])

    def number(self, operand):
        return self.values[operand] if type(operand) is int else operand

    def done(self, *outputs):
        last = len(self.values) - 1
        return {"leaves": self.leaves, "nodes": self.nodes, "outputs": list(outputs) or [last]}


def apply(op, numbers):
    if op == "relu":
        return max(numbers[0], 0.0)
    return getattr(math if hasattr(math, op) and op != "pow" else operator, op)(*numbers)


def away_from_zero(rng):
    return float(rng.uniform(0.5, 2.0) * rng.choice([-1, 1]))


def positive(rng):
    return float(rng.uniform(0.5, 2.0))


def programs(rng, group):
    makers = {
        "operations": operations,
        "left": left,
        "twice": twice,
        "order": order,
        "random": random_programs,
        "two_graphs": two_graphs,
        "middle": middle,
        "doublings": doublings,
        "deep": deep,
    }
    return makers[group](rng)


def operations(rng):
    """Each operation alone; a logarithm and a power have positive leaves, relu has a factor behind it."""
    made = []
    for op in ("add", "sub", "mul", "truediv"):
        for _ in range(2):
            p = Program(rng)
            p.add(op, 0, 1)
            made.append(p.done())
            p = Program(rng, 1)
            p.add(op, 0, positive(rng))
            made.append(p.done())
    for op in ("neg", "exp", "tanh", "log"):
        for _ in range(2):
            p = Program(rng, 1)
            p.leaves[0] = p.values[0] = positive(rng) * (1 if op == "log" else float(rng.choice([-1, 1])))
            p.add(op, 0)
            made.append(p.done())
    for sign, slope in ((1, 1.0), (-1, 1.0), (1, -2.0), (-1, -2.0)):
        p = Program(rng, 1)
        p.leaves[0] = p.values[0] = sign * float(rng.uniform(0.2, 0.9))
        p.add("mul", p.add("relu", 0), slope)
        made.append(p.done())
    for n in (2.0, 3.0, -1.0, 0.5, 2.5):
        p = Program(rng, 1)
        p.leaves[0] = p.values[0] = positive(rng)
        p.add("pow", 0, n)
        made.append(p.done())
    return made


def left(rng):
    """A number on the left."""
    made = []
    for op in ("sub", "truediv", "add", "mul"):
        for _ in range(2):
            p = Program(rng, 1)
            p.add(op, positive(rng) + 2.0, 0)
            made.append(p.done())
    return made


def twice(rng):
    """A value that is used more than once, and everything that uses it needs nothing else first."""
    a_plus_a = Program(rng, 1)
    a_plus_a.add("add", 0, 0)
    square = Program(rng, 1)
    square.add("mul", 0, 0)
    both = Program(rng)
    both.add("add", both.add("mul", 0, 1), 0)
    doubled = Program(rng)
    c = doubled.add("mul", 0, 1)
    doubled.add("add", c, c)
    squared = Program(rng)
    c = squared.add("sub", 0, 1)
    squared.add("mul", c, c)
    diamond = Program(rng, 1)
    b, c = diamond.add("mul", 0, 3.0), diamond.add("exp", 0)
    diamond.add("mul", b, c)
    three = Program(rng)
    three.add("mul", three.add("mul", 0, 0), 0)
    return [one.done() for one in (a_plus_a, square, both, doubled, squared, diamond, three)]


def order(rng):
    """A value that reaches the output on a short way and on a long one, whichever operand comes first."""
    made = []
    for short_first in (True, False):
        p = Program(rng)
        c = p.add("mul", 0, 1)
        d = p.add("tanh", c)
        p.add("mul", *((c, d) if short_first else (d, c)))
        made.append(p.done())
        p = Program(rng)
        c = p.add("mul", 0, 1)
        d = p.add("add", p.add("tanh", c), 0)
        e = p.add("mul", d, 1.5)
        p.add("add", *((c, e) if short_first else (e, c)))
        made.append(p.done())
        p = Program(rng)
        x, y = p.add("mul", 0, 1), p.add("add", 0, 1)
        for _ in range(4):
            x, y = y, p.add("tanh", p.add("add", *((x, y) if short_first else (y, x))))
        p.add("mul", *((x, y) if short_first else (y, x)))
        made.append(p.done())
    return made


BINARY = ("add", "sub", "mul", "truediv")
UNARY = ("neg", "exp", "log", "tanh", "relu")


def random_programs(rng):
    return [random_program(rng, nodes=int(rng.integers(6, 16))) for _ in range(15)]


def random_program(rng, nodes):
    """Operations drawn at random; what is left over at the end is added up."""
    p, used = Program(rng, leaves=int(rng.integers(2, 5))), set()
    while len(p.nodes) < nodes:
        op, operands = draw(rng, p)
        if within_reach(p, op, operands):
            p.add(op, *operands)
            used.update(one for one in operands if type(one) is int)
    idle = [i for i in range(len(p.values)) if i not in used]
    total = idle[0]
    for one in idle[1:]:
        total = p.add("add", total, one)
    return p.done()


def draw(rng, p):
    """Recent values are taken more often, so that programs grow deep."""
    weights = np.arange(1, len(p.values) + 1)
    a, b = (int(one) for one in rng.choice(len(p.values), size=2, p=weights / weights.sum()))
    if rng.random() < 0.55:
        number = positive(rng)
        return str(rng.choice(BINARY)), [[a, b], [a, b], [a, number], [number, b]][int(rng.integers(4))]
    if rng.random() < 0.2:
        return "pow", [a, float(rng.choice([2.0, 3.0, -1.0]))]
    return str(rng.choice(UNARY)), [a]


def within_reach(p, op, operands):
    """No kink, no pole, no number that outgrows the others."""
    numbers = [p.number(one) for one in operands]
    if op in ("log", "relu", "truediv", "pow") and abs(numbers[-1 if op == "truediv" else 0]) < 0.2:
        return False
    if op == "log" and numbers[0] < 0:
        return False
    return abs(numbers[0]) < 4 and 0.05 < abs(p.evaluated(op, operands)) < 10


def two_graphs(rng):
    """Two graphs that share leaves only, one after the other."""
    made = []
    for _ in range(3):
        p = Program(rng)
        y = p.add("tanh", p.add("mul", 0, 1))
        z = p.add("mul", p.add("exp", 0), 1)
        made.append(p.done(y, z))
    p = Program(rng)
    made.append(p.done(p.add("mul", 0, 1), p.add("sub", 0, 1), p.add("truediv", 0, 1)))
    return made


def middle(rng):
    """Two passes that go through the same values."""
    made = []
    for _ in range(3):
        p = Program(rng)
        c = p.add("mul", 0, 1)
        y = p.add("tanh", c)
        z = p.add("mul", c, positive(rng) + 1.0)
        made.append(p.done(y, z))
    p = Program(rng)
    y = p.add("mul", p.add("add", 0, 1), 0)
    made.append(p.done(y, y))
    p = Program(rng)
    c = p.add("mul", 0, 1)
    d = p.add("add", c, 0)
    made.append(p.done(c, d))
    return made


def doublings(rng):
    return [doubling(rng, n) for n in (8, 11, 14, 17)]


def doubling(rng, n):
    """v + v, over and over: the paths to the leaf double each time, the values do not."""
    p = Program(rng, 1)
    for i in range(n):
        p.add("add", i, i)
    return p.done()


def deep(rng):
    """Chains of ten thousand operations, and one of more paths than anybody can walk."""
    sums = Program(rng)
    sums.add("add", 0, 1, times=10_000)
    products = Program(rng)
    products.leaves[1] = products.values[1] = 1.0 + 1e-4 * float(rng.uniform(-1, 1))
    products.add("mul", 0, 1, times=10_000)
    both = Program(rng)
    both.leaves[1] = both.values[1] = 1.0 + 1e-4 * float(rng.uniform(-1, 1))
    both.add("mul", both.add("sub", 0, 0.125, times=6_000), 1, times=6_000)
    return [sums.done(), products.done(), both.done(), doubling(rng, 60)]
