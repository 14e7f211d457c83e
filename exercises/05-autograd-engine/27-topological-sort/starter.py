def topological_sort(root):
    """A list of root and all that it was made of, each value once and after its parents.

    root: a value; value.parents is the list of the values that it was made of
    """
    ...


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
