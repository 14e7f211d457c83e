"""Graphs as lists of edges, and how far a list of their values is from a topological order."""

from collections import Counter

import numpy as np


def residuals(n, edges, root, result):
    """How many values are there too often, are missing, or come before a parent, with the first of each."""
    listed = [int(one) for one in numbers(result, n)]
    parents = parents_of(n, edges)
    due, counts = reachable(parents, root), Counter(listed)
    if not due.issuperset(listed):
        raise ValueError("the list has a value that root was not made of")
    place = {value: i for i, value in reversed(list(enumerate(listed)))}
    twice = [value for value in listed if counts[value] > 1]
    missing = sorted(due - counts.keys())
    early = [
        (value, parent)
        for value in place
        for parent in parents[value]
        if parent in place and place[parent] > place[value]
    ]
    return {
        "twice": float(len(set(twice))),
        "missing": float(len(missing)),
        "early": float(len(early)),
        "repeated": float(twice[0] if twice else -1),
        "times": float(counts[twice[0]] if twice else 0),
        "absent": float(missing[0] if missing else -1),
        "listed": float(len(counts)),
        "due": float(len(due)),
        "child": float(early[0][0] if early else -1),
        "parent": float(early[0][1] if early else -1),
    }


def numbers(result, n):
    result = result if isinstance(result, tuple) else (result,)
    if not all(isinstance(one, int | float) and one == int(one) and 0 <= one < n for one in result):
        raise ValueError(f"the numbers of values, 0 to {n - 1}, are due")
    return result


def parents_of(n, edges):
    parents = [[] for _ in range(n)]
    for value, parent in np.asarray(edges).astype(int).tolist():
        if value == parent:
            raise ValueError("the graph has a cycle")
        parents[value].append(parent)
    return parents


def reachable(parents, root):
    found, todo = {root}, [root]
    while todo:
        new = set(parents[todo.pop()]) - found
        found |= new
        todo += new
    return found


def only_order(n, edges, root):
    """Of a graph in which every value is made of the one before."""
    parents, found = parents_of(n, edges), [root]
    while parents[found[-1]]:
        found.append(parents[found[-1]][0])
    return tuple(reversed(found))


def cases(rng, group):
    makers = {
        "trees": trees,
        "twice": twice,
        "ways": ways,
        "random": random_graphs,
        "deep": lambda rng: [chain(rng, 10_000)],
        "doublings": lambda rng: [chain(rng, n, times=2) for n in (8, 11, 14, 17)],
        "chains": lambda rng: [winding(rng, n) for n in (500, 1000, 2000, 4000)],
    }
    return makers[group](rng)


def graph(rng, edges):
    """The values are 0 to n - 1, each after its parents and root last; then they get other numbers."""
    n = max(map(max, edges)) + 1
    names = rng.permutation(n)
    return {"n": n, "edges": names[np.array(edges)], "root": int(names[-1])}


def chain(rng, n, times=1):
    return graph(rng, [(i + 1, i) for i in range(n) for _ in range(times)])


def winding(rng, n, doubled=60):
    """A chain that begins with more paths than anybody can walk."""
    return graph(rng, [(i + 1, i) for i in range(n) for _ in range(2 if i < doubled else 1)])


def trees(rng):
    """No value is used twice."""
    tree = [(2, 0), (2, 1), (5, 3), (5, 4), (6, 2), (6, 5)]
    lopsided = [(2, 0), (2, 1), (4, 2), (4, 3), (6, 5), (6, 4)]
    return [chain(rng, 4), graph(rng, tree), graph(rng, lopsided)]


def twice(rng):
    """a + a, diamonds of equal sides, and a value that is used twice by one and once by another."""
    same = [(1, 0), (1, 0)]
    diamond = [(1, 0), (2, 0), (3, 1), (3, 2)]
    diamonds = [*diamond, *((a + 3, b + 3) for a, b in diamond)]
    wide = [(i, 0) for i in (1, 2, 3)] + [(4, i) for i in (1, 2, 3)]
    mixed = [(1, 0), (1, 0), (2, 0), (3, 1), (3, 2)]
    return [graph(rng, one) for one in (same, diamond, diamonds, wide, mixed)]


def ways(rng):
    """A short way and a long one to the same value, whichever comes first."""
    made = []
    for length in (1, 2, 4):
        for short_first in (True, False):
            long = [(i + 2, i + 1) for i in range(length)]
            last = length + 2
            ends = [(last, 1), (last, last - 1)]
            made.append(graph(rng, [(1, 0), *long, *(ends if short_first else ends[::-1])]))
    by_hand = [(2, 0), (2, 1), (3, 2), (3, 0)]
    made += [graph(rng, [*by_hand, *ends]) for ends in ([(4, 3), (4, 2)], [(4, 2), (4, 3)])]
    sum_and_chain = [(1, 0), (1, 0), (2, 0), (3, 2)]  # the short way has two edges to the same value
    return made + [graph(rng, [*sum_and_chain, *ends]) for ends in ([(4, 1), (4, 3)], [(4, 3), (4, 1)])]


def random_graphs(rng):
    return [random_graph(rng, int(rng.integers(6, 25))) for _ in range(12)]


def random_graph(rng, n):
    """Two parents for most values, near ones more often; root has every value that nobody else uses."""
    edges = [(i, int(i - 1 - min(rng.geometric(0.4) - 1, i - 1))) for i in range(2, n) for _ in range(2)]
    used = {parent for _, parent in edges}
    last = [(n, i) for i in range(n) if i not in used]
    return graph(rng, [*edges, *(last[k] for k in rng.permutation(len(last)))])
