def topological_sort(root):
    order, stack = [], [(root, False)]
    while stack:
        value, is_done = stack.pop()
        if is_done:
            order.append(value)
        elif not hasattr(value, "visited"):
            value.visited = True
            stack.append((value, True))
            stack.extend((parent, False) for parent in value.parents)
    return order


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
