"""What is surely right at one glance passes every gate and bound, and what is right is mostly seen so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grader import glance
from grader.compare import compare
from grader.exercise import ToleranceRule
from grader.finding import Finding
from grader.glance import BLOCK, surely_right
from grader.structure import Precision, gate
from grader.tolerance import Tolerance
from grader.values import Tensor

ONE, TWO = ("y",), ("a", "b")
DOUBLE, SINGLE = Precision(allowed=("float64",)), Precision(allowed=("float64", "float32"))
TOLERANCE = Tolerance(eps=float(np.finfo(np.float64).eps), terms=64)
COARSE = Tolerance(eps=1e-3, terms=64)
BY_ELEMENT = Tolerance(eps=0.0, terms=1, rule=ToleranceRule(reason="r", rtol=1e-3, atol=1e-6))
TOLERANCES = st.sampled_from([TOLERANCE, COARSE, BY_ELEMENT])


def seen(got, expected, *, names=ONE, precision=DOUBLE, tolerance=TOLERANCE) -> bool:
    return surely_right(got, expected, names=names, precision=precision, tolerance=tolerance)


def passes(got, expected, *, names=ONE, precision=DOUBLE, tolerance=TOLERANCE) -> bool:
    gated = gate(got, expected, names=names, precision=precision)
    return not isinstance(gated, Finding) and not any(compare(leaf, tolerance) for leaf in gated)


LEAF = st.sampled_from(
    [
        *(None, True, False, 0, 1, 1.0, 1.0005, 2.0, "a", np.float64(1.0), np.float32(1.0), np.bool_(True)),
        *(np.nan, np.inf, -np.inf, np.float64(np.nan), 1j, np.array(1.0), np.array(1.0005), np.array(np.nan)),
        *(
            np.ones(2),
            np.ones((2, 1)),
            np.ones(2, np.float32),
            np.ones(2, np.int64),
            np.ones(0),
            np.ones(2) * 1j,
        ),
        *(np.array([1.0, np.nan]), np.array([np.inf, 1.0]), np.array([1.0, 1.0005]), np.array([True, False])),
        *(Tensor(np.ones(2)), Tensor(np.ones(2), requires_grad=True), Tensor(np.array(1.0))),
    ]
)
NESTED = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=1000, deadline=None)
@given(NESTED, NESTED, st.sampled_from([DOUBLE, SINGLE]), TOLERANCES)
def test_no_answer_is_seen_to_be_right_that_does_not_pass(got, expected, precision, tolerance):
    if seen(got, expected, precision=precision, tolerance=tolerance):
        assert passes(got, expected, precision=precision, tolerance=tolerance)


@settings(max_examples=300, deadline=None)
@given(NESTED, st.lists(NESTED, min_size=2, max_size=2).map(tuple))
def test_of_several_values_none_is_missing(got, expected):
    if seen(got, expected, names=TWO):
        assert passes(got, expected, names=TWO)


NUMBERS = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 3)), elements=st.floats(width=32))


@settings(max_examples=500, deadline=None)
@given(NUMBERS, st.data(), TOLERANCES)
def test_a_path_is_surely_right_only_if_each_step_is(expected, data, tolerance):
    bounds = data.draw(arrays(np.float64, expected.shape, elements=st.floats(-1.2, 1.2)))  # off by so many
    size = np.where(np.isfinite(expected), np.abs(expected), 0.0)
    got = expected + bounds * tolerance.least(size)
    steps = [[row] for row in got], [[row] for row in expected]

    if seen(*steps, tolerance=tolerance):
        assert passes(*steps, tolerance=tolerance)


@given(NUMBERS.filter(lambda one: bool(np.isfinite(one).all())), st.floats(-0.9, 0.9), TOLERANCES)
def test_what_is_well_within_its_bounds_is_seen(expected, share, tolerance):
    size = np.abs(expected) if tolerance.by_element else np.abs(expected).max()
    got = expected + share * tolerance.least(size)

    for one, due in ((got, expected), ([got, "a"], [expected, "a"]), ({"k": (got,)}, {"k": (expected,)})):
        assert seen(one, due, tolerance=tolerance)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.0, np.array(1.0)),
        (np.float64(1.0), 1.0),
        (np.ones(2, np.float32), np.ones(2)),
        (np.ones(2, np.float32), np.ones(2, np.float32)),
        ([np.ones(2), np.ones(3)], [np.ones(2, np.float32), np.ones(3)]),
        (np.ones(2 * BLOCK), np.ones(2 * BLOCK, np.float32)),
        (Tensor(np.ones(2)), Tensor(np.ones(2))),
        ([np.ones(2), None, True, 3], [np.ones(2), None, True, 3]),
        (np.ones(0), np.ones(0)),
    ],
    ids=repr,
)
def test_usual_answers_are_seen_at_one_glance(got, expected):
    assert seen(got, expected, precision=SINGLE)


FLOATS = arrays(np.float32, st.just((3,)), elements=st.floats(-4, 4, width=32))


@settings(max_examples=500, deadline=None)
@given(FLOATS, FLOATS, st.integers(-2, 2), st.booleans(), st.integers(1, 3))
def test_what_is_expected_in_float32_is_compared_in_float64(got, expected, ulps, by_element, parts):
    # a bound that the largest error meets, or misses by next to nothing
    error = np.abs(got.astype(float) - expected)
    size = np.abs(expected.astype(float))
    bound = float((error / size).max() if by_element else error.max() / size.max()) if size.all() else 0.0
    bound *= 1 + ulps * 2.0**-26
    rule = ToleranceRule(reason="r", rtol=bound) if by_element else None
    tolerance = Tolerance(eps=bound / 64, terms=16, rule=rule)  # 16 · eps · √16

    for one, due in (([got], [expected]), ([got] * parts, [expected] * parts)):
        if seen(one, due, precision=SINGLE, tolerance=tolerance):
            assert passes(one, due, precision=SINGLE, tolerance=tolerance)


def test_a_right_path_is_seen_at_one_glance():
    path = [[np.full((2, 3), k), np.full(4, 2.0 * k)] for k in (1.0, 2.0)]
    assert seen([[one.copy() for one in row] for row in path], path)


@pytest.mark.parametrize(
    "got",
    [
        [[np.array([1.0])]],  # a step too few
        [[np.array([1.0])], [np.array([np.nan])]],
        [[np.array([1.0])], [np.array([2.0], dtype=np.float32)]],
        [[np.array([1.0])], [np.array([[2.0]])]],
        [[np.array([1.0])], [2.0]],
        [[np.array([1.0])], (np.array([2.0]),)],
        [[np.array([1.0])], [np.array([2.0]), np.array([2.0])]],
        [[np.array([1.0])], [np.array([2.1])]],
        None,
    ],
    ids=repr,
)
def test_a_path_that_is_not_is_to_be_looked_at(got):
    assert not seen(got, [[np.array([1.0])], [np.array([2.0])]])


@pytest.mark.parametrize("tolerance", [TOLERANCE, BY_ELEMENT])
@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1e300, np.inf),
        (np.inf, 1.0),
        (np.array([1e300, 1.0]), np.array([np.inf, 1.0])),
        (np.array([np.inf, 1.0]), np.array([1.0, 1.0])),
        (np.array([1.0, 2.0]), np.array([np.inf, 1.0])),
        (np.full(2 * BLOCK, 1.0), np.full(2 * BLOCK, np.inf)),
    ],
)
def test_an_infinity_makes_no_room(got, expected, tolerance):
    assert not seen(got, expected, tolerance=tolerance)


@pytest.mark.parametrize("due", [np.ones(2, np.int64), np.ones(2, bool), np.ones(2) + 0j])
def test_numbers_of_another_kind_are_to_be_looked_at(due):
    assert not passes(np.ones(2), due) or due.dtype.kind == "c"
    assert not seen(np.ones(2), due)


def test_each_array_has_a_scale_of_its_own():
    large, small = np.full(3, 1e6), np.full(3, 1e-6)
    off = 0.5 * TOLERANCE.least(1e6)

    assert seen((large + off, small), (large, small), names=TWO)
    assert not seen((large, small + off), (large, small), names=TWO)


LARGE = arrays(np.float64, st.just((11,)), elements=st.floats(-1e6, 1e6))


@given(LARGE, LARGE, st.sampled_from([0.0, 1e-16, 1e-13, 1e-9, 1.0]), st.sampled_from([np.nan, np.inf, None]))
def test_in_blocks_a_large_array_is_within_the_same_bounds(expected, direction, size, stray):
    got = expected + size * direction
    if stray is not None:
        got[-1] = stray
    for tolerance in (TOLERANCE, COARSE, BY_ELEMENT):
        at_once = seen(got, expected, tolerance=tolerance)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(glance, "BLOCK", 4)
            assert seen(got, expected, tolerance=tolerance) == at_once


@pytest.mark.parametrize("largest", [0, -1])
def test_the_scale_of_a_large_array_is_that_of_all_blocks(largest):
    expected = np.full(3 * BLOCK, 1e-3)
    expected[largest] = 1.0
    got = expected.copy()
    got[BLOCK] += 0.5 * TOLERANCE.unit

    assert seen(got, expected)
    got[BLOCK] += TOLERANCE.unit
    assert not seen(got, expected)


@pytest.mark.parametrize("place", [0, BLOCK, 3 * BLOCK - 1])
@pytest.mark.parametrize("stray", [np.nan, np.inf, 1.5])
@pytest.mark.parametrize("tolerance", [TOLERANCE, BY_ELEMENT])
def test_no_block_of_a_large_array_is_overlooked(place, stray, tolerance):
    expected = np.ones(3 * BLOCK)
    got = expected.copy()
    got[place] = stray

    assert seen(expected.copy(), expected, tolerance=tolerance)
    assert not seen(got, expected, tolerance=tolerance)
