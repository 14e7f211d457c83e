"""Smaller programs stay programs, get smaller, and come to an end."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.graph import Graph
from grader.smaller_programs import smaller_programs

ALLOWED = ("add", "mul", "neg", "sum")
DIAMOND = {
    "leaves": [1.25, 2.5, 9.0],
    "nodes": [
        {"op": "mul", "of": [0, 1]},
        {"op": "neg", "of": [3], "times": 5},
        {"op": "add", "of": [3, 4]},
        {"op": "mul", "of": [5, 0.75]},
    ],
}


@st.composite
def programs(draw):
    """Any program of a few nodes, in blocks or not, with one to three outputs."""
    number = st.floats(-9, 9).map(lambda x: round(x, 3) + 0.0)
    leaves = draw(st.lists(number, min_size=1, max_size=3))
    nodes = []
    for i in range(draw(st.integers(1, 6))):
        operand = st.integers(0, len(leaves) + i - 1)
        op = draw(st.sampled_from(ALLOWED))
        second = [draw(operand | number)] if op in ("add", "mul") else []
        depth = draw(st.integers(0, 2))
        block = {"no_grad": depth, "interrupted": bool(depth) and draw(st.booleans())}
        nodes.append({"op": op, "of": [draw(operand), *second], "times": draw(st.integers(1, 4)), **block})
    last = len(leaves) + len(nodes) - 1
    outputs = draw(st.lists(st.integers(len(leaves), last), min_size=1, max_size=3))
    refused = draw(st.lists(st.sampled_from(range(1, len(outputs))), unique=True)) if len(outputs) > 1 else []
    return {"leaves": leaves, "nodes": nodes, "outputs": outputs, "refused": refused}


def measure(program):
    graph = Graph.of(program, ALLOWED)
    digits = sum(len(repr(one)) for one in graph.leaves)
    digits += sum(len(repr(one)) for node in graph.nodes for one in node.operands if type(one) is float)
    return len(graph.outputs), graph.applied, len(graph.nodes), len(graph.leaves), digits


@settings(deadline=None)
@given(programs())
def test_every_smaller_program_is_one(program):
    for smaller in smaller_programs(program):
        Graph.of(smaller, ALLOWED)


@settings(deadline=None)
@given(programs())
def test_no_program_is_its_own_smaller_one(program):
    whole = {"outputs": [len(program["leaves"]) + len(program["nodes"]) - 1], **program}

    assert all(smaller != whole for smaller in smaller_programs(program))


@settings(deadline=None, max_examples=50)
@given(programs())
def test_taking_the_last_one_over_and_over_comes_to_an_end(program):
    for _ in range(400):
        *_, program = [None, *smaller_programs(program)]
        if program is None:
            return
    raise AssertionError("it goes on")


def test_what_no_output_depends_on_is_gone():
    nearest = next(
        one for one in smaller_programs({**DIAMOND, "outputs": [3, 6]}) if len(one["outputs"]) == 1
    )

    assert nearest["leaves"] == [1.25, 2.5]  # the third is used by nobody


def test_a_node_gives_way_to_its_operand():
    without = [
        one for one in smaller_programs(DIAMOND) if [n["op"] for n in one["nodes"]] == ["mul", "neg", "add"]
    ]

    assert without[0]["leaves"] == [1.25, 2.5]
    assert without[0]["nodes"][2]["of"] == [2, 3]


def test_leaves_of_one_shape_become_one():
    merged = [one for one in smaller_programs(DIAMOND) if one["leaves"] == [1.25] and len(one["nodes"]) == 4]

    assert merged[0]["nodes"][0]["of"] == [0, 0]


def test_leaves_of_different_shapes_stay_apart():
    program = {"leaves": [1.0, np.ones(2)], "nodes": [{"op": "mul", "of": [0, 1]}, {"op": "sum", "of": [2]}]}

    assert all(len(one["leaves"]) == 2 for one in smaller_programs(program) if len(one["nodes"]) == 2)


def test_repetitions_are_tried_from_the_fewest_on():
    times = [one["nodes"][1]["times"] for one in smaller_programs(DIAMOND) if len(one["nodes"]) == 4]

    assert times[:3] == [1, 2, 3]


def test_an_early_value_is_summed_where_the_program_sums():
    program = {"leaves": [np.ones(3)], "nodes": [{"op": "neg", "of": [0]}] * 2 + [{"op": "sum", "of": [2]}]}

    cut = [one for one in smaller_programs(program) if len(one["nodes"]) == 2]

    assert cut[0]["nodes"] == [{"op": "neg", "of": [0]}, {"op": "sum", "of": [1]}]


def test_a_node_leaves_its_innermost_block():
    program = {"leaves": [1.0], "nodes": [{"op": "neg", "of": [0], "no_grad": 2, "interrupted": True}]}

    first = next(smaller_programs(program))
    second = next(smaller_programs(first))

    assert first["nodes"] == [{"op": "neg", "of": [0], "no_grad": 2, "interrupted": False}]
    assert second["nodes"][0]["no_grad"] == 1


def test_a_refused_pass_moves_up_with_the_outputs_before_it():
    program = {**DIAMOND, "outputs": [3, 5, 5], "refused": [2]}

    fewer = [one for one in smaller_programs(program) if len(one["outputs"]) == 2]

    assert [one["refused"] for one in fewer] == [[1], [1], []]
