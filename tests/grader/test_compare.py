"""Right answers pass whatever the order of their sums; wrong, coarse and absent ones do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.compare import Leaf, compare, error_map
from grader.exercise import ToleranceRule
from grader.tolerance import Tolerance, tolerance_for

FINITE = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
ARRAYS = arrays(np.float64, array_shapes(max_dims=3, max_side=5), elements=FINITE)
TOLERANCE = Tolerance(eps=float(np.finfo(np.float64).eps), terms=64)
SINGLE = Tolerance(eps=float(np.finfo(np.float32).eps), terms=1024)


def differs(got, expected, tolerance=TOLERANCE) -> bool:
    return compare(Leaf("dx", np.asarray(got), np.asarray(expected), 0), tolerance) is not None


@given(ARRAYS)
def test_an_array_equals_itself(expected):
    assert not differs(expected.copy(), expected)


@given(ARRAYS, st.data())
def test_nan_never_passes_wherever_it_is(expected, data):
    index = data.draw(st.integers(0, expected.size - 1))
    got = expected.copy()
    got.flat[index] = np.nan

    assert differs(got, expected)
    assert differs(expected, got)
    assert differs(got, got.copy())


@given(ARRAYS, st.data(), st.sampled_from([np.inf, -np.inf]))
def test_infinity_passes_only_for_itself(expected, data, infinity):
    index = data.draw(st.integers(0, expected.size - 1))
    got = expected.copy()
    got.flat[index] = infinity

    assert differs(got, expected)
    assert differs(expected, got)


@given(ARRAYS, st.data())
def test_the_worst_element_is_named(expected, data):
    index = data.draw(st.integers(0, expected.size - 1))
    got = expected.copy()
    got.flat[index] += 1 + np.abs(expected).max()

    difference = compare(Leaf("dx", got, expected, 0), TOLERANCE)

    place = ", ".join(map(str, np.unravel_index(index, expected.shape)))
    assert difference.name == f"dx[{place}]"
    assert difference.error > difference.bound


@given(ARRAYS.filter(lambda a: np.abs(a).max() > 0), st.sampled_from([1e-300, 1e-9, 1.0, 1e9]))
def test_zeros_and_a_turned_sign_differ_at_every_scale(expected, scale):
    expected = expected * scale

    assert differs(np.zeros_like(expected), expected)
    assert differs(-expected, expected)


@pytest.mark.parametrize("seed", range(20))
def test_half_precision_differs_also_where_inputs_are_float32(seed):
    expected = np.random.default_rng(seed).uniform(0.1, 10, size=(6, 7))
    halved = expected.astype(np.float16).astype(np.float64)

    assert differs(halved, expected)
    assert differs(halved, expected, SINGLE)
    assert not differs(expected.astype(np.float32), expected, SINGLE)


@pytest.mark.parametrize("seed", range(20))
def test_two_orders_of_a_float32_sum_of_1024_terms_are_both_right(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(8, 1024)).astype(np.float32)
    exact = x.astype(np.float64).sum(axis=1)
    running = np.zeros(8, np.float32)
    for column in x.T[rng.permutation(1024)]:
        running += column
    tolerance = tolerance_for({"x": x}, magnitudes=lambda: (float(np.sqrt((x**2).sum(axis=1)).max()),))

    assert not differs(running, exact, tolerance)
    assert not differs(x.sum(axis=1), exact, tolerance)
    assert differs(exact + 0.1, exact, tolerance)


@pytest.mark.parametrize("seed", range(20))
def test_a_float16_sum_of_1024_float32_terms_is_wrong(seed):
    x = np.random.default_rng(seed).uniform(0.5, 1, size=(8, 1024)).astype(np.float32)
    exact = x.astype(np.float64).sum(axis=1)

    assert differs(x.astype(np.float16).sum(axis=1), exact, tolerance_for({"x": x}))


def test_cancellation_is_not_the_students_fault():
    x = np.array([1e8, 1.0, -1e8])
    exact, other_order = np.array(1.0), np.array((1e8 + 1e-9) + -1e8 + 1.0)
    blind = tolerance_for({"x": x})
    informed = tolerance_for({"x": x}, magnitudes=lambda: (1.4e8,))

    assert differs(other_order + 1e-9, exact, blind)
    assert not differs(other_order + 1e-9, exact, informed)
    assert differs(exact + 1.0, exact, informed)


def test_magnitudes_are_asked_only_when_they_may_decide():
    asked = []

    def magnitudes():
        asked.append(1)
        return (1e3,)

    tolerance = tolerance_for({"x": np.ones(4)}, magnitudes=magnitudes)

    assert not differs([1.0], [1.0], tolerance)
    assert differs([2.0], [1.0], tolerance)
    assert not asked
    assert not differs([1.0 + 1e-12], [1.0], tolerance)
    assert asked


def test_the_coarsest_input_decides_the_precision():
    mixed = {"x": np.ones(4, np.float32), "params": [np.ones(9)]}

    assert tolerance_for(mixed).eps == np.finfo(np.float32).eps
    assert tolerance_for(mixed).terms == 9
    assert tolerance_for({"x": 1.0}).eps == np.finfo(np.float64).eps


def test_an_author_may_set_the_factor():
    wide = ToleranceRule(reason="r", factor=1e6)

    assert differs([1 + 1e-12], [1.0], tolerance_for({"x": np.ones(4)}))
    assert not differs([1 + 1e-12], [1.0], tolerance_for({"x": np.ones(4)}, rule=wide))


def test_an_infinity_that_is_expected_makes_no_room():
    relative = tolerance_for({}, rule=ToleranceRule(reason="r", rtol=0.1, atol=0.0))

    for tolerance in (TOLERANCE, relative):
        assert not differs([np.inf, 1.0], [np.inf, 1.0], tolerance)
        assert differs([1e300, 1.0], [np.inf, 1.0], tolerance)
        assert differs([-np.inf, 1.0], [np.inf, 1.0], tolerance)
        assert differs([np.inf, 2.0], [np.inf, 1.0], tolerance)


def test_an_author_may_set_the_bound():
    tolerance = tolerance_for({}, rule=ToleranceRule(reason="r", rtol=0.1, atol=0.5))

    assert not differs([11.4, 0.5], [10.0, 0.0], tolerance)
    assert differs([11.6, 0.5], [10.0, 0.0], tolerance)
    assert differs([11.4, 0.6], [10.0, 0.0], tolerance)


def test_a_complex_answer_is_compared_as_one():
    assert differs([1 + 1j], [1 - 1j])
    assert not differs([1 + 1j], [1 + 1j])


def test_the_error_map_is_a_window_around_the_worst():
    expected = np.zeros((3, 40, 50))
    got = expected.copy()
    got[1, 30, 45] = -2.0

    drawn = error_map("dx", got, expected, (1, 30, 45))

    assert (drawn["value"], drawn["rows"], drawn["columns"]) == ("dx[1]", 40, 50)
    assert len(drawn["errors"]) == len(drawn["errors"][0]) == 12
    assert drawn["errors"][30 - drawn["row"]][45 - drawn["column"]] == -2.0
    assert drawn["worst"] == [30, 45]


def test_a_vector_is_drawn_as_one_row_and_a_number_not_at_all():
    assert error_map("dx", np.ones(3), np.zeros(3), (0,))["errors"] == [[1.0, 1.0, 1.0]]
    assert error_map("dx", np.ones(()), np.zeros(()), ()) is None
