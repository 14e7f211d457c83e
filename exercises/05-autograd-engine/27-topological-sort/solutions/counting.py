from collections import deque


def topological_sort(root):
    """From the result on: a value has its turn when all that was made of it has had its own."""
    waiting, todo = {root: 0}, [root]
    while todo:
        for parent in todo.pop().parents:
            if parent not in waiting:
                waiting[parent] = 0
                todo.append(parent)
            waiting[parent] += 1
    backward, ready = [], deque([root])
    while ready:
        value = ready.popleft()
        backward.append(value)
        for parent in value.parents:
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
    return backward[::-1]


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
