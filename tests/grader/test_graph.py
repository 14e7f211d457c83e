"""A program is read from what an author made, bounded, or refused with the reason."""

import numpy as np
import pytest

from grader.errors import ReferenceError_
from grader.graph import MAX_APPLIED, MAX_LEAVES, MAX_NODES, Graph, Node

ALLOWED = ("add", "neg", "getitem", "exp")


def made(*nodes, leaves=(1.0, 2.0), **more):
    return Graph.of({"leaves": list(leaves), "nodes": list(nodes), **more}, ALLOWED)


def test_what_is_left_out_has_its_default():
    graph = made({"op": "add", "of": [0, 1.5]})

    assert graph.nodes == (Node("add", (0, 1.5), {}, 1),)
    assert graph.outputs == (2,)


def test_values_are_called_by_letters_and_then_by_numbers():
    graph = made(*({"op": "neg", "of": [i]} for i in range(30)))

    assert graph.names()[:3] == ["a", "b", "c"]
    assert graph.names()[25:27] == ["z", "v26"]


def test_numbers_are_those_of_leaves_and_constants():
    graph = made(
        {"op": "add", "of": [0, np.ones((2, 3))]}, {"op": "add", "of": [1, 2]}, leaves=(1.0, np.ones(4))
    )

    assert graph.numbers == 1 + 4 + 6


@pytest.mark.parametrize(
    ("nodes", "more", "why"),
    [
        ([], {"leaves": []}, "1 to 32 leaves"),
        ([], {"leaves": [1.0] * (MAX_LEAVES + 1)}, "1 to 32 leaves"),
        ([{"op": "neg", "of": [0]}] * (MAX_NODES + 1), {}, "at most 500 nodes"),
        ([{"op": "neg", "of": [0]}], {"outputs": [2] * 17}, "16 outputs"),
        ([{"op": "neg", "of": [0], "times": MAX_APPLIED + 1}], {}, "at most 30000 operations"),
        ([{"op": "neg", "of": [0], "times": 0}], {}, "once is the least"),
        ([{"op": "mul", "of": [0, 1]}], {}, "mul is neither"),
        ([{"op": "neg", "of": [0, 1]}], {}, "neg with 2 operands"),
        ([{"op": "neg", "of": [2]}], {}, "values before it"),
        ([{"op": "neg", "of": [-1]}], {}, "values before it"),
        ([{"op": "add", "of": [1.0, 2.0]}], {}, "values before it"),
        ([{"op": "exp", "of": [1.0, 0]}], {}, "a method needs a value"),
        ([{"op": "getitem", "of": [0]}], {}, "as the option key"),
        ([{"op": "neg", "of": [0]}], {"outputs": [3]}, "outputs between 0 and 2"),
        ([{"op": "neg", "of": [0]}], {"outputs": [True]}, "outputs between 0 and 2"),
        ([{"op": "neg", "of": [0]}], {"leaves": [1]}, "a float or an array"),
        ([{"op": "neg", "of": [0]}], {"leaves": [np.ones(2, dtype=int)]}, "a float or an array"),
        ([{"op": "neg"}], {}, "KeyError"),
        ([{"op": "neg", "of": [0], "times": float("inf")}], {}, "OverflowError"),
        ([{"op": "add", "of": [0, [[1.0], [1.0, 2.0]]]}], {}, "an index, a float or an array"),
        ([{"op": "add", "of": [0, True]}], {}, "an index, a float or an array"),
        ([{"op": "getitem", "of": [0], "options": {"key": 3}}], {}, "a key is a list"),
        ([{"op": "getitem", "of": [0], "options": {"key": ["x:"]}}], {}, "a key is a list"),
        ([{"op": "getitem", "of": [0], "options": {"key": [1.5]}}], {}, "a key is a list"),
        ([{"op": "neg", "of": 0}], {}, "TypeError"),
        ([{"op": "neg", "of": [0], "axis": 0}], {}, "unknown in a node: axis"),
        (3, {}, "TypeError"),
    ],
)
def test_what_breaks_the_form_or_a_bound_is_refused(nodes, more, why):
    with pytest.raises(ReferenceError_, match=why):
        Graph.of({"leaves": [1.0, 2.0], "nodes": nodes, **more}, ALLOWED)
