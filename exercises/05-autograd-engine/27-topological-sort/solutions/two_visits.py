def topological_sort(root):
    """A value is put on the stack again below its parents, with a mark that they are done by then."""
    finished, done, stack = [], set(), [(root, False)]
    while stack:
        value, parents_done = stack.pop()
        if value in done:
            continue
        if parents_done:
            done.add(value)
            finished.append(value)
        else:
            stack.append((value, True))
            stack.extend((parent, False) for parent in value.parents)
    return finished


class Value:
    """A value with its parents. Complete: leave it as it is."""

    def __init__(self, number):
        self.number = number
        self.parents = []


def order(n, edges, root):
    """The numbers of the values in your order. Complete: leave it as it is."""
    values = [Value(i) for i in range(n)]
    for value, parent in edges.astype(int).tolist():
        values[value].parents.append(values[parent])
    topological_sort(values[root])
    return tuple(value.number for value in topological_sort(values[root]))
