"""Nothing is compared as a number before it is the right kind of value, shape and dtype, and finite."""

import numpy as np
import pytest

from grader.finding import Finding
from grader.outcome import Outcome
from grader.sandbox import Runtime
from grader.structure import Precision, gate
from grader.values import Opaque, Tensor

DOUBLE = Precision(allowed=("float64",))
SINGLE = Precision(allowed=("float64", "float32"))
MATRIX = np.arange(6.0).reshape(2, 3)


def found(got, expected, names=("dx",), precision=DOUBLE) -> Finding:
    """What is wrong; fails when nothing is."""
    gated = gate(got, expected, names=names, precision=precision)
    assert isinstance(gated, Finding)
    return gated


def passes(got, expected, names=("dx",), precision=DOUBLE) -> bool:
    return not isinstance(gate(got, expected, names=names, precision=precision), Finding)


@pytest.mark.parametrize(
    ("got", "kind"),
    [
        (None, "None"),
        ([1.0, 2.0], "list"),
        ((1.0, 2.0), "tuple"),
        (1.0, "float"),
        ("text", "str"),
        (np.float64(1), "np.float64"),
        (Opaque("generator"), "generator"),
        (Opaque("numpy.ma.MaskedArray"), "numpy.ma.MaskedArray"),
        (Tensor(MATRIX), "tensor"),
        ({}, "dict"),
    ],
)
def test_only_an_array_is_an_array(got, kind):
    finding = found(got, MATRIX)

    assert finding.outcome is Outcome.STRUCTURE
    assert kind in finding.sentence
    assert "a NumPy array is due" in finding.sentence


def test_none_asks_for_the_return():
    assert "`return`" in found(None, MATRIX).sentence


@pytest.mark.parametrize(
    "got",
    [MATRIX.T, MATRIX[np.newaxis], MATRIX[0], MATRIX.ravel(), np.empty((0, 3)), np.array(1.0)],
    ids=["transposed", "an axis more", "broadcastable", "flat", "empty", "without axes"],
)
def test_the_shape_is_exact(got):
    finding = found(got, MATRIX)

    assert finding.outcome is Outcome.SHAPE
    assert finding.sentence.startswith(f"dx has shape {got.shape}, expected (2, 3).")


def test_a_row_is_no_vector():
    assert found(np.ones((1, 3)), np.ones(3)).outcome is Outcome.SHAPE


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64", "bool", "complex128"])
def test_float64_in_asks_for_float64_out(dtype):
    finding = found(MATRIX.astype(dtype), MATRIX)

    assert finding.outcome is Outcome.DTYPE
    assert dtype in finding.sentence


def test_float32_in_allows_float32_out_and_nothing_coarser():
    assert passes(MATRIX.astype(np.float32), MATRIX, precision=SINGLE)
    assert passes(MATRIX, MATRIX, precision=SINGLE)
    assert found(MATRIX.astype(np.float16), MATRIX, precision=SINGLE).outcome is Outcome.DTYPE


def test_the_inputs_decide_which_dtypes_are_allowed():
    single = {"x": np.ones(2, np.float32), "y": np.ones(2)}

    assert Precision.of(single, Runtime.NUMPY) == SINGLE
    assert Precision.of({"x": np.ones(2)}, Runtime.TORCH) == DOUBLE
    assert Precision.of({"x": 1.0}, Runtime.TORCH) == SINGLE
    assert Precision.of({"x": 1.0}, Runtime.NUMPY) == DOUBLE


@pytest.mark.parametrize("stray", [np.nan, np.inf, -np.inf])
def test_a_stray_value_is_placed(stray):
    got = MATRIX.copy()
    got[1, 2] = stray

    finding = found(got, MATRIX)

    assert finding.outcome is Outcome.NOT_FINITE
    assert finding.evidence.value == "dx[1, 2]"


def test_an_infinity_that_is_expected_is_compared():
    assert passes(np.array([np.inf]), np.array([np.inf]))


@pytest.mark.parametrize("got", [1.5, np.float64(1.5), np.array(1.5), Tensor(np.array(1.5))])
def test_a_number_comes_in_many_kinds(got):
    assert passes(got, 1.0)
    assert passes(got, np.array(1.0))


@pytest.mark.parametrize(
    ("got", "outcome"),
    [
        (1, Outcome.STRUCTURE),
        (True, Outcome.STRUCTURE),
        ("1.0", Outcome.STRUCTURE),
        (None, Outcome.STRUCTURE),
        (np.array([1.0]), Outcome.SHAPE),
        (np.float32(1), Outcome.DTYPE),
        (np.int64(1), Outcome.DTYPE),
        (1 + 0j, Outcome.DTYPE),
        (float("nan"), Outcome.NOT_FINITE),
        (Tensor(np.array(1.0), requires_grad=True), Outcome.STRUCTURE),
    ],
)
def test_a_number_is_no_less_than_a_float(got, outcome):
    assert found(got, 1.0).outcome is outcome


def test_several_returns_are_a_tuple_of_that_length():
    names = ("dx", "dw")

    assert passes((MATRIX, MATRIX), (MATRIX, MATRIX), names)
    assert "a tuple of 2 values (dx, dw) is due" in found([MATRIX, MATRIX], (MATRIX, MATRIX), names).sentence
    assert "`tuple(...)`" in found(Opaque("generator"), (MATRIX, MATRIX), names).sentence
    assert "has three values" in found((MATRIX,) * 3, (MATRIX, MATRIX), names).sentence


def test_the_output_that_is_wrong_is_named():
    finding = found((MATRIX, MATRIX.T), (MATRIX, MATRIX), ("dx", "dw"))

    assert finding.evidence.value == "dw"


def test_nesting_is_exact():
    assert passes([MATRIX, {"a": 1.0}], [MATRIX, {"a": 2.0}], ("out",))
    assert found((MATRIX,), [MATRIX], ("out",)).outcome is Outcome.STRUCTURE
    assert found([MATRIX], [MATRIX, MATRIX], ("out",)).sentence == "out has length 1, expected 2."
    assert found({"b": 1.0}, {"a": 1.0}, ("out",)).outcome is Outcome.STRUCTURE
    assert found([1.0, [MATRIX.T]], [1.0, [MATRIX]], ("out",)).evidence.value == "out[1][0]"


@pytest.mark.parametrize(
    ("got", "expected"),
    [(True, 1), (1.0, 1), (1, True), ("a", 1), (0, None), (None, "a"), (np.float64(1), 1)],
)
def test_plain_values_are_not_mixed_up(got, expected):
    assert found(got, expected, ("n",)).outcome is Outcome.STRUCTURE


def test_plain_values_are_compared_exactly():
    assert passes(np.int64(3), 3, ("n",))
    assert passes("min", "min", ("kind",))
    assert found("max", "min", ("kind",)).outcome is Outcome.MISMATCH


def test_a_tensor_is_due_where_the_reference_gives_one():
    assert passes(Tensor(MATRIX), Tensor(MATRIX))
    assert found(MATRIX, Tensor(MATRIX)).sentence == "dx is an array; a torch tensor is due."


def test_leaves_are_numbered_across_the_whole_answer():
    gated = gate((MATRIX, [MATRIX, 1.0]), (MATRIX, [MATRIX, 2.0]), names=("a", "b"), precision=DOUBLE)

    assert [(leaf.name, leaf.position) for leaf in gated] == [("a", 0), ("b[0]", 1), ("b[1]", 2)]
