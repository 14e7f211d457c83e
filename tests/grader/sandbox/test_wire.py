"""The code for values: what goes in comes out, and nothing else ever does."""

import struct
import tracemalloc
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.errors import ProtocolError
from grader.sandbox import answers
from grader.sandbox.inside import decoding, encoding, wire
from grader.sandbox.inside.values import DTYPES, MAX_DEPTH, MAX_NODES, Handle, Opaque, Rng, Stub, Tensor

ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda code: hnp.arrays(np.dtype(code), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5))
)
SCALARS = st.sampled_from([np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j), np.float16("nan")])
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=20),
    ARRAYS,
    SCALARS,
    ARRAYS.map(lambda array: Tensor(array, requires_grad=array.ndim == 1)),
    st.builds(Handle, st.integers(0, 2**32 - 1), st.sampled_from(["object", "callable", "array"])),
    st.builds(Opaque, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)),
)


def tables(columns):
    """Lists of lists of arrays, of which those in a column have one dtype and shape."""
    rows = st.tuples(*(hnp.arrays(code, shape) for code, shape in columns)).map(list)
    return st.lists(rows, min_size=3, max_size=5)


SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, max_side=3)
COLUMN = st.tuples(st.sampled_from(DTYPES), SHAPES).filter(
    lambda one: np.dtype(one[0]).itemsize * prod(one[1]) >= wire.CELL
)
COLUMNS = st.lists(COLUMN, min_size=1, max_size=3)
TABLES = COLUMNS.flatmap(tables)
STRAYS = st.sampled_from(
    [[], [np.ones(0)], [np.ones(2)], (np.ones(2),), [[]], [None], None, 0, [np.ones(2).astype(">f8")]]
)
VALUES = st.recursive(
    st.one_of(ATOMS, TABLES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=5), inner, max_size=4),
    ),
    max_leaves=12,
)


def encoded(value):
    return b"".join(encoding.encode(value, foreign=lambda thing: Opaque(type(thing).__name__)))


def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(map(same, a.values(), b.values()))
    if isinstance(a, Tensor):
        return a.requires_grad == b.requires_grad and same(a.array, b.array)
    if isinstance(a, (np.ndarray, np.generic)):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return a == b or (a != a and b != b)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value):
    text = encoded(value).decode("latin1")
    assert same(answers.decode(text.encode("latin1")), value)


@given(TABLES)
def test_arrays_of_one_dtype_and_shape_in_each_column_are_sent_as_a_table(table):
    message = encoded(table)

    assert message[0] == wire.Tag.TABLE
    assert same(answers.decode(message), table)


@given(TABLES)
def test_a_tuple_of_lists_is_no_table(table):
    message = encoded(tuple(table))

    assert message[0] == wire.Tag.TUPLE
    assert same(answers.decode(message), tuple(table))


@given(TABLES, STRAYS, st.integers(0, 3))
def test_what_is_nearly_a_table_comes_back_as_it_was(table, stray, position):
    table.insert(position, stray)
    back = answers.decode(encoded(table))
    assert same([*back[:position], *back[position + 1 :]], [*table[:position], *table[position + 1 :]])
    assert same(back[position], native(stray))


def native(value):
    """The wire has one byte order."""
    if isinstance(value, list):
        return [native(one) for one in value]
    return value.astype(value.dtype.newbyteorder("=")) if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize(
    "value",
    [
        [[np.ones(0)]] * 3,
        [[np.ones(1), np.ones(0)]] * 3,
        [[np.ones(1)]] * 2,
        [[np.ones(7, bool)]] * 3,
        [[np.ones(1)], [np.ones(1, np.float32)], [np.ones(1)]],
        [[np.ones((1, 2))], [np.ones((2, 1))], [np.ones((1, 2))]],
        [[np.ones(1)], (np.ones(1),), [np.ones(1)]],
        [[np.ones(1)], [np.ones(1)], [np.float64(1.0)]],
        [[np.ones(1000)], [np.ones(1000)], [np.ones(1000)]],
    ],
)
def test_what_looks_like_a_table_comes_back_as_it_was(value):
    message = encoded(value)

    assert message[0] == wire.Tag.LIST
    assert same(answers.decode(message), value)


def test_a_table_counts_as_much_as_its_lists_and_arrays():
    row = [np.ones(8, bool)] * 9
    assert encoded([row] * (MAX_NODES // 10 - 1))[0] == wire.Tag.TABLE
    with pytest.raises(wire.WireError, match="values"):
        encoded([row] * (MAX_NODES // 10))
    with pytest.raises(wire.WireError, match="values"):
        encoded([[row] * (MAX_NODES // 20)] * 3)


def test_a_table_is_as_deep_as_its_lists():
    deep = [[np.ones(1)]] * 3
    for _ in range(MAX_DEPTH - 2):
        deep = [deep]

    assert same(answers.decode(encoded(deep)), deep)
    found = answers.decode(encoded([deep]))
    for _ in range(MAX_DEPTH - 1):
        (found,) = found
    assert found == [Opaque("list")] * 3


@given(TABLES)
def test_the_arrays_of_a_table_are_the_boxs_own(table):
    message = bytearray(encoded(table))
    back = decoding.decode(message, extend=lambda one: one, own=True)

    assert same(back, table)
    assert all(one.flags.owndata and one.flags.writeable for row in back for one in row)


def test_the_name_of_what_is_no_value_is_legible():
    assert answers.decode(encoded([Opaque("a\0b\x1b\x85")])) == [Opaque("a␀b␛\ufffd")]


@given(VALUES, st.data())
@settings(max_examples=300)
def test_mutated_bytes_raise_only_a_protocol_error(value, data):
    message = bytearray(encoded(value))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(message) - 1))
        message[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(message)))
    for candidate in (message, message[:cut], message + b"\0"):
        try:
            answers.decode(candidate)
        except ProtocolError:
            pass


@given(st.binary(max_size=200))
@settings(max_examples=500)
def test_arbitrary_bytes_raise_only_a_protocol_error(message):
    try:
        answers.decode(message)
    except ProtocolError:
        pass
    with pytest.raises(wire.WireError):
        wire.parse_header(message[: wire.HEADER.size - 1])


def array_header(code=11, shape=(10**12,)):
    return bytes((wire.Tag.ARRAY, code, len(shape))) + struct.pack(f"<{len(shape)}Q", *shape)


NESTED = bytes((wire.Tag.LIST, 1, 0, 0, 0))


def table_of(rows, width, data, *, code=11, shape=(), inside=0):
    """A table of one column, whatever its header says, inside so many lists."""
    head = NESTED * inside + bytes((wire.Tag.TABLE,)) + struct.pack("<II", rows, width)
    head += array_header(code=code, shape=shape)[1:] if width else b""
    return head + bytes(-len(head) % wire.ALIGN if width else 0) + data


def test_a_table_that_is_right_is_not_refused():
    assert same(answers.decode(table_of(3, 1, bytes(24))), [[np.array(0.0)]] * 3)
    assert answers.decode(table_of(3, 1, bytes(24), inside=MAX_DEPTH - 2))
    assert len(answers.decode(table_of(MAX_NODES // 2 - 1, 1, bytes(8 * (MAX_NODES // 2 - 1)))))


def test_tables_count_together(monkeypatch):
    monkeypatch.setattr(encoding, "MAX_NODES", 2 * MAX_NODES)
    with pytest.raises(ProtocolError, match="too many"):
        answers.decode(encoded([[[np.ones(1)]] * (MAX_NODES // 5)] * 3))


@pytest.mark.parametrize(
    "message",
    [
        table_of(2**32 - 1, 1, b""),
        table_of(3, 0, b""),
        table_of(3, 1, b"", shape=(0,)),
        table_of(3, 1, bytes(21), shape=(7,), code=0),
        table_of(2, 1, bytes(16)),
        table_of(0, 1, b""),
        table_of(MAX_NODES // 2 + 1, 1, bytes(8 * (MAX_NODES // 2 + 1))),
        table_of(3, 1, bytes(24), shape=(2**63,)),
        table_of(3, 1, bytes(24), inside=MAX_DEPTH - 1),
        array_header(shape=(10**12,)),
        array_header(shape=(2**32, 2**32, 2**32)),
        array_header(shape=(0, 2**62, 2**62)),
        array_header(shape=(2**64 - 1,)),
        array_header(shape=(1,) * 9),
        array_header(code=200, shape=(1,)) + bytes(64),
        bytes((wire.Tag.LIST,)) + struct.pack("<I", 2**32 - 1),
        bytes((wire.Tag.STR,)) + struct.pack("<I", 2**31),
        bytes((wire.Tag.STR,)) + struct.pack("<I", 2) + b"\xff\xfe",
        bytes((wire.Tag.DICT,)) + struct.pack("<I", 10**6) + bytes(20),
        bytes((wire.Tag.LIST, 1, 0, 0, 0)) * (MAX_DEPTH + 2) + b"\0",
        bytes((wire.Tag.LIST,)) + struct.pack("<I", MAX_NODES) + bytes(MAX_NODES),
        bytes((wire.Tag.SCALAR, 11, 1)) + struct.pack("<Q", 0) + bytes(16),
        encoded(Rng(3)),
        encoded(Stub(1, "f")),
        encoded(1) + b"\0",
        b"",
        b"\xff",
        b"cos\nsystem\n(S'id'\ntR.",
    ],
)
def test_a_lying_message_is_refused_without_allocating_what_it_claims(message):
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError):
            answers.decode(message)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


@pytest.mark.parametrize("value", [np.array([True, False]), [[np.array([True, False])]] * 3])
def test_a_bool_array_of_other_bytes_is_refused(value):
    message = bytearray(encoded(value))
    message[-1] = 2
    with pytest.raises(ProtocolError, match="neither 0 nor 1"):
        answers.decode(message)


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ({1, 2}, "set"),
        ((n for n in range(3)), "generator"),
        (2**70, "int"),
        ({1: 2}, "dict"),
        (np.array(["a"]), "ndarray"),
        (np.array([None]), "ndarray"),
        (np.zeros(2, "i4,f8"), "ndarray"),
        (np.ma.masked_array([1.0], [True]), "MaskedArray"),
        (np.zeros((2, 2)).view(np.matrix), "matrix"),
        (np.longdouble(1), "longdouble"),
        (type("L", (list,), {})(), "L"),
    ],
)
@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_what_is_no_value_becomes_opaque(thing, name):
    assert answers.decode(encoded([thing])) == [Opaque(name)]


@pytest.mark.parametrize(
    "array", [np.arange(6.0).reshape(2, 3).T, np.arange(4.0)[::-1], np.arange(3, dtype=">f4")]
)
def test_arrays_arrive_contiguous_and_native(array):
    got = answers.decode(encoded(array))
    assert got.flags.c_contiguous
    assert got.dtype.isnative
    np.testing.assert_array_equal(got, array)


def test_more_values_than_a_message_may_hold_are_not_sent():
    with pytest.raises(wire.WireError):
        encoded([0] * MAX_NODES)


def test_a_list_that_contains_itself_ends_at_the_greatest_depth():
    loop = []
    loop.append(loop)
    got = answers.decode(encoded(loop))
    for _ in range(MAX_DEPTH - 1):
        (got,) = got
    assert got == [Opaque("list")]


def test_arrays_are_aligned_in_the_message_and_copied_where_that_is_asked():
    message = bytearray(encoded(["x", np.arange(2.0), "yy", np.arange(3, dtype=complex)]))
    for array in decoding.decode(message, extend=lambda value: value)[1::2]:
        assert array.ctypes.data % wire.ALIGN == np.frombuffer(message, np.uint8).ctypes.data % wire.ALIGN
    owned = decoding.decode(message, extend=lambda value: value, own=True)
    assert all(array.flags.owndata for array in owned[1::2])
