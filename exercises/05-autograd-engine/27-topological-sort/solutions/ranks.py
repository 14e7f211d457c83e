def topological_sort(root):
    """By the length of the longest way to a leaf, which is one more than the longest of the parents'."""
    rank, stack = {}, [root]
    while stack:
        value = stack[-1]
        unranked = [parent for parent in value.parents if parent not in rank]
        if unranked:
            stack += unranked
        else:
            rank[value] = 1 + max((rank[parent] for parent in value.parents), default=0)
            stack.pop()
    return sorted(rank, key=rank.get)


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
