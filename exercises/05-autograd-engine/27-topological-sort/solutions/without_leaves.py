def topological_sort(root):
    order, seen, stack = [], {root}, [(root, iter(root.parents))]
    while stack:
        value, rest = stack[-1]
        new = next((parent for parent in rest if parent not in seen), None)
        if new is None:
            if value.parents:
                order.append(value)
            stack.pop()
        else:
            seen.add(new)
            stack.append((new, iter(new.parents)))
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
