"""How large an input is, counted on what a reader sees of it."""

import numpy as np
import pytest

from grader.exercise import Entry, EntryKind
from grader.extent import Extent
from grader.question import Case
from grader.values import Tensor


def extent(entry_kind=EntryKind.FUNCTION, **arguments):
    returns = () if entry_kind is EntryKind.CLASS else ("y",)
    entry = Entry(name="f", kind=entry_kind, signature="f", parameters=tuple(arguments), returns=returns)
    return Extent.of(Case(index=0, arguments=arguments), entry)


def of_class(**arguments):
    entry = Entry(name="C", kind=EntryKind.CLASS, signature="C", parameters=("data",))
    return Extent.of(Case(index=0, arguments=arguments), entry)


def test_the_longest_axis_of_any_array_counts():
    found = extent(x=np.zeros((2, 5)), w=[np.zeros(3), Tensor(np.zeros((1, 7)))], scale=2.0)

    assert (found.axis, found.small) == (7, False)


def test_a_list_of_numbers_is_an_axis_and_a_list_of_arrays_is_none():
    assert extent(x=[1.0, 2.0, 3.0, 4.0]).axis == 4
    assert extent(grads=[np.zeros(2)] * 9).axis == 2


def test_an_array_that_is_asked_for_by_its_shape_counts_as_if_it_were_given():
    assert extent(shape=(300, 2), std=0.1).axis == 300


def test_what_only_the_reference_sees_does_not_count():
    entry = Entry(name="f", kind=EntryKind.FUNCTION, signature="f", parameters=("x",), returns=("y",))
    case = Case(index=0, arguments={"x": np.zeros(2), "points": np.zeros(8)})

    assert Extent.of(case, entry).axis == 2


@pytest.mark.parametrize(("n", "small"), [(3, True), (4, False)])
def test_the_steps_of_an_optimizer_count_and_so_do_those_that_a_function_is_asked_for(n, small):
    history = of_class(params=[np.zeros(3)], steps=[{"grads": [np.zeros(3)]}] * n)

    assert (history.axis, history.steps, history.small) == (3, n, small)
    assert extent(x0=np.zeros(3), steps=n).steps == n


def test_the_operations_of_a_program_count_as_often_as_they_are_applied():
    nodes = [{"op": "mul", "of": [0, np.zeros(2)]}, {"op": "add", "of": [4, 0], "times": 100}]

    found = of_class(leaves=[1.0, 2.0, 3.0, 4.0], nodes=nodes, outputs=[4, 5, 4, 5])

    assert (found.axis, found.nodes, found.small) == (2, 101, False)


def test_the_operations_of_an_expression_count():
    assert extent(expr=("mul", "x", ("sin", ("add", "x", 1.0)))).nodes == 3
