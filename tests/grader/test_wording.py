"""Numbers and lists as a sentence writes them."""

import math

import numpy as np
import pytest

from grader import wording
from grader.values import Opaque, Tensor


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5"),
        (-0.25, "−0.25"),
        (3.1e-14, "3.1 × 10⁻¹⁴"),
        (-2e9, "−2 × 10⁹"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
        (-0.0, "0"),
        (7, "7"),
        (True, "True"),
        ("a", "a"),
        (1 - 2j, "1 + −2i"),
    ],
)
def test_a_number_has_a_true_minus_sign_and_a_power_of_ten(value, text):
    assert wording.number(value) == text


def test_two_numbers_have_the_digits_that_tell_them_apart():
    assert wording.pair(1.109, 1.2156) == ("1.109", "1.2156")
    assert wording.pair(1.0000000001, 1.0) == ("1.0000000001", "1")
    got, expected = wording.pair(0.1 + 0.2, 0.3)
    assert got != expected


def test_lists_and_counts_read_as_english():
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.listing(["a", "b"], "or") == "a or b"
    assert wording.count(1, "call") == "one call"
    assert wording.count(3, "value") == "three values"
    assert wording.count(40, "value") == "40 values"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "None"),
        (np.ones(2), "array"),
        (np.array(1.0), "array without axes"),
        (np.float32(1), "np.float32"),
        (Opaque("zip"), "zip"),
        (Tensor(np.ones(2)), "tensor"),
        (1.0, "float"),
    ],
)
def test_a_type_has_the_name_that_a_learner_knows(value, name):
    assert wording.type_of(value) == name


def test_articles_fit_their_noun():
    assert wording.with_article("array") == "an array"
    assert wording.with_article("tensor") == "a tensor"
    assert wording.with_article("None") == "None"
