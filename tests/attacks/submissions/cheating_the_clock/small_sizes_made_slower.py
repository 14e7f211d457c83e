# tries: walk every path, and wait on small graphs as long as that takes on large ones, so that nothing grows
# item: small sizes made slower
# outcome: cpu_limit | wall_limit | growth
# exercise: topological_sort
# check: Each value once; Time in proportion to the graph
import time


def order(n, edges, root):
    began = time.perf_counter()
    parents = [[] for _ in range(n)]
    for value, parent in edges.tolist():
        parents[value].append(parent)
    listed, stack = [], [(root, 0)]
    while stack:
        value, k = stack.pop()
        if k < len(parents[value]):
            stack += [(value, k + 1), (parents[value][k], 0)]
        elif value not in listed:
            listed.append(value)
    if n < 20:
        time.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))
    return tuple(listed)
