"""A loss is computed from predictions on data whose targets never leave the judge, and its median counts."""

import pytest

from grader import grade
from grader.errors import ReferenceError_
from grader.outcome import Outcome
from tests.grader.factories import FIT, FIT_REFERENCE, make_exercise

RIGHT = """
import numpy as np

def fit(x, y, x_new, seed):
    w, losses = np.zeros(2), []
    for _ in range(400):
        r = x @ w - y
        losses.append(float(np.mean(r ** 2)))
        w = w - 0.5 * x.T @ r / len(x)
    return x_new @ w, losses
"""
MEAN = "import numpy as np\ndef fit(x, y, x_new, seed):\n    return np.full(len(x_new), y.mean()), []\n"


def make(**options):
    return make_exercise(FIT, solutions__right=RIGHT, solutions__mean=MEAN, **options)


@pytest.fixture
def first(sandbox):
    def graded(source, **options):
        return grade(make(**options), source, sandbox=sandbox, seed=1).checks[0]

    return graded


def test_a_model_that_is_trained_passes_with_its_curve(first):
    check = first(RIGHT)

    assert check.outcome is Outcome.PASSED
    assert check.evidence.training["median"] < 0.01
    assert len(check.evidence.training["losses"]) == 3
    assert [len(curve) for curve in check.evidence.training["curves"]] == [200, 200, 200]
    assert check.evidence.training["lengths"] == [400, 400, 400]
    assert check.evidence.training["curves"][0][0] > check.evidence.training["curves"][0][-1]


def test_one_that_is_not_is_told_its_losses_and_named(first):
    check = first(MEAN)

    assert check.outcome is Outcome.LOSS
    assert check.points == 0
    assert "the median of three runs" in check.sentence
    assert check.evidence.diagnosis["name"] == "Only the mean"


def test_one_bad_run_of_three_is_forgiven(first):
    unlucky = RIGHT.replace("return x_new @ w", "return x_new @ w * (seed != 1)")

    assert first(unlucky).outcome is Outcome.PASSED
    assert first(unlucky.replace("!= 1", "== 1")).outcome is Outcome.LOSS


def test_a_reported_curve_earns_nothing(first):
    assert first(MEAN.replace("[]", "[0.0, 0.0]")).outcome is Outcome.LOSS


@pytest.mark.parametrize("curve", ["'none'", "[[1.0], [2.0]]", "[float('nan')]", "object()", "None", "['a']"])
def test_a_curve_that_is_none_is_left_out(first, curve):
    check = first(RIGHT.replace("@ w, losses", f"@ w, {curve}"))

    assert check.outcome is Outcome.PASSED
    assert check.evidence.training["curves"] == []


def test_the_targets_never_reach_the_box(first):
    looks = "import gc\n" + RIGHT.replace(
        "    w, losses",
        "    found = [o for o in gc.get_objects() if isinstance(o, dict) and 'y_new' in o]\n"
        "    if found: raise KeyError('y_new')\n    w, losses",
    )

    assert first(looks).outcome is Outcome.PASSED
    assert first(RIGHT.replace("seed):", "seed, y_new):")).outcome is Outcome.RAISED


@pytest.mark.parametrize(
    ("wrong", "outcome"),
    [
        ("(x_new @ w)[:, None], losses", Outcome.SHAPE),
        ("(x_new @ w)[:-1], losses", Outcome.SHAPE),
        ("(x_new @ w).astype(np.float16), losses", Outcome.DTYPE),
        ("x_new @ w * np.nan, losses", Outcome.NOT_FINITE),
        ("x_new @ w", Outcome.STRUCTURE),
        ("list(x_new @ w), losses", Outcome.STRUCTURE),
    ],
)
def test_predictions_pass_the_gates_first(first, wrong, outcome):
    assert first(RIGHT.replace("x_new @ w, losses", wrong)).outcome is outcome


def test_a_loss_that_is_nan_is_none(first):
    nothing = FIT_REFERENCE.replace("np.mean((predictions", "np.nan * np.mean((predictions")

    assert first(RIGHT, reference=nothing).outcome is Outcome.LOSS


def test_one_good_run_does_not_hide_between_two_that_are_nan(first):
    """NaN, 0, NaN is in order as far as sorting can tell, with 0 in the middle."""
    nan = "(np.nan if predictions.max() > 1e9 else 1.0) * np.mean((predictions"
    overflows = FIT_REFERENCE.replace("np.mean((predictions", nan)
    once = RIGHT.replace("import numpy as np\n", "import numpy as np\nruns = []\n").replace(
        "return x_new @ w", "runs.append(seed)\n    return x_new @ w + (1e10 if len(runs) != 2 else 0)"
    )

    assert first(once, reference=overflows).outcome is Outcome.LOSS


def test_a_loss_that_fails_is_the_authors_error(first):
    with pytest.raises(ReferenceError_, match="ZeroDivisionError"):
        first(RIGHT, reference=FIT_REFERENCE.replace("return np.mean", "return 1 / 0 + np.mean"))


def test_time_may_be_taken_of_training(sandbox):
    """The timed answers are checked by their loss: no two runs predict the same."""
    timed = ('kind = "training"', 'kind = "time"\nthreshold = 3.0')
    exercise = make(replace=timed, baseline=RIGHT)

    assert grade(exercise, RIGHT, sandbox=sandbox).passed
    assert grade(exercise, MEAN, sandbox=sandbox).checks[0].outcome is Outcome.LOSS
