"""Each slip is named where the numbers show it, and only there."""

import numpy as np
import pytest

from grader import grade
from grader.question import Case
from grader.slips import quantities, sentences
from grader.slips.pairs import close
from tests.grader.factories import DESCENT, ENGINE, SQUARE, make_exercise

TOML = """
[[entries]]
name = "answer"
kind = "function"
signature = "answer({parameters}) -> y"
parameters = [{quoted}]
returns = ["y"]

[[checks]]
name = "Right"
kind = "value"
entry = "answer"
group = "any"
points = {points}
"""


@pytest.fixture
def named(sandbox):
    """The diagnosis of a body of `answer`, given what is due and how inputs are made."""

    def diagnosed(parameters, cases, due, body, *, points=1):
        quoted = ", ".join(f'"{name.strip()}"' for name in parameters.split(","))
        toml = TOML.format(parameters=parameters, quoted=quoted, points=points)
        reference = (
            f"import numpy as np\n\ndef cases(rng, group):\n    return {cases}\n\n"
            f"def expected({parameters}):\n    return {due}\n"
        )
        source = f"import numpy as np\n\ndef answer({parameters}):\n    {body}\n"
        check = grade(make_exercise(("answer", toml, reference)), source, sandbox=sandbox).checks[0]
        assert not check.passed
        return check.evidence.diagnosis or {"name": None, "sentence": check.sentence}

    return diagnosed


ROWS = '[{"x": rng.normal(size=(n, 4)), "s": 1.0 + n / 3} for n in (2, 5, 3)]'
SQUARES = '[{"x": rng.normal(size=(n, n)), "s": 1.0 + n / 3} for n in (4, 5, 3)]'
LINES = '[{"x": np.append(rng.normal(size=n), [0.0, -1.5]), "s": 1.0 + n / 3} for n in (9, 7, 8)]'
PLAIN_LINES = '[{"x": rng.normal(size=n), "s": 2.0} for n in (9, 7, 8)]'
DEEP = '[{"x": rng.normal(size=(n, 3, 4)), "s": 2.0} for n in (2, 5, 3)]'

WHOLE = [  # inputs, what is due, a body with the slip, one that is nearly it, the name, words of the sentence
    (ROWS, "x.sum(axis=0)", "return x * 1.0", "return x * 1.1", "Missing sum", "summed over axis 0"),
    (
        ROWS,
        "x.sum(axis=0)",
        "return x[-1].copy()",
        "return x[0] * 1.1 + x[1]",
        "One slice of a sum",
        "y is x[−1]",
    ),
    (ROWS, "2 * x", "return 2 * x.sum(axis=1)", "return 2 * x.max(axis=1)", "A sum too many", "axis 1"),
    (
        DEEP,
        "2 * x",
        "return 2 * x.transpose(2, 0, 1)",
        "return 2 * x.transpose(2, 0, 1)**2",
        "Transposed",
        "order of its",
    ),
    (
        ROWS,
        "2 * x",
        "return 2 * x.reshape(-1, 1)",
        "return x.reshape(-1, 1)**2",
        "Another shape",
        "another shape",
    ),
    (ROWS, "2 * x", "return x.copy()", "return x + x**2 * 1e-3", "Constant factor", "0.5 times"),
    (ROWS, "x**2", "return x.copy()", "return x * np.sign(x)", "An input returned", "y is x itself"),
    (
        ROWS,
        "x**2",
        "return x**2 / np.sqrt(len(x))",
        "return x**2 / (1 + len(x)**3)",
        "Constant factor",
        "1/√x.shape[0] of",
    ),
    (ROWS, "x**2", "return -s * x**2", "return -(s + x) * x**2", "Constant factor", "y is −s times"),
    (ROWS, "x**2", "return x**2 / 2", "return x**2 / 2 + x", "Constant factor", "1/√x.shape[1] is just that"),
    (ROWS, "x**2", "return x**2 + 1", "return x**2 + s", "Constant offset", "too large by 1 in"),
    (
        LINES,
        "np.cumsum(x)",
        "return np.cumsum(x)[1:]",
        "return np.cumsum(x)[1:] ** 2",
        "Off by one step",
        "out the first",
    ),
    (
        LINES,
        "np.cumsum(x)",
        "return np.append(0, np.cumsum(x)[:-1])",
        "return np.append(0, 0.9 * np.cumsum(x)[:-1] + 0.1)",
        "Off by one step",
        "one entry too late",
    ),
]
PARTS = [
    (
        LINES,
        "x * np.abs(x)",
        "return x**2",
        "return x**2 + 1e-3 * (x > 0)",
        "Wrong for x < 0",
        "There it has the wrong sign",
    ),
    (
        LINES,
        "np.sign(x)**2",
        "return np.ones_like(x)",
        "return np.where(x < -1, 2, 1.0)",
        "Wrong for x = 0",
        "should be zero",
    ),
    (
        SQUARES,
        "x**2",
        "return x**2 * (1 - np.eye(len(x)))",
        "return x**2 * (np.arange(len(x)) != 1)",
        "Wrong for two equal indices (the diagonal)",
        "There it is zero",
    ),
    (
        PLAIN_LINES,
        "np.cumsum(x)",
        "y = np.cumsum(x); y[-1] += x[0]; return y",
        "y = np.cumsum(x); y[-2:] += x[0]; return y",
        "Wrong for the last index along axis 0",
        "right on all 21 others",
    ),
    (
        '[{"x": rng.uniform(1, 2, size=n) * np.where(np.arange(n) % 3, 5, 900), "s": 1.0} for n in (12, 9)]',
        "np.tanh(x)",
        "return np.where(np.abs(x) > 10, x / 0.0 * 0, np.tanh(x))",
        "return np.where(np.arange(len(x)) % 5, np.tanh(x), np.nan)",
        "NaN for |x| of",
        "or more, and finite on all",
    ),
]
CLOSE = [
    (LINES, "np.exp(x)", "return np.exp(x.astype('f4')).astype('f8')", "Lost precision", "float32 numbers"),
    (LINES, "np.exp(x)", "return np.exp(x.astype('f2')).astype('f8')", "Lost precision", "float16 numbers"),
    (LINES, "np.exp(x)", "return np.exp(x + 1e-7)", "An approximation", "agrees to 6 digits"),
    (LINES, "np.exp(x)", "return np.exp(x + 1e-3 * x**2)", None, ""),
]


@pytest.mark.parametrize("row", WHOLE + PARTS, ids=lambda row: f"{row[4]}: {row[2]}")
def test_a_slip_is_named_and_what_is_nearly_it_is_not(named, row):
    cases, due, body, near_miss, name, words = row
    diagnosis = named("x, s", cases, due, body)
    other = named("x, s", cases, due, near_miss)

    assert diagnosis["name"].startswith(name)
    assert words in diagnosis["sentence"]
    assert diagnosis["evidence"].startswith("on ")
    assert other["name"] is None or not other["name"].startswith(name)


@pytest.mark.parametrize("row", CLOSE, ids=lambda row: row[2])
def test_lost_precision_is_told_with_its_digits(named, row):
    cases, due, body, name, words = row
    diagnosis = named("x, s", cases, due, body)

    assert diagnosis["name"] == name
    assert words in diagnosis["sentence"]


TOKENS = (
    '[{"i": np.append(rng.integers(0, 6, size=n), 5), "g": rng.normal(size=(n + 1, 2)), "n": 6}'
    " for n in (5, 7, 6)]"
)
ADDED = "np.stack([g[i == r].sum(axis=0) for r in range(n)])"
REPEATED = {
    "y = np.zeros((n, 2)); y[i] += g; return y": "Overwritten, not accumulated",
    "y = np.zeros((n, 2)); np.add.at(y, i, g); y[np.bincount(i) > 1] *= 1.5; return y": "Repeated indices",
    "y = np.zeros((n, 2)); np.add.at(y, i, g); y[i[0]] += 1; return y": None,
}


@pytest.mark.parametrize(("body", "name"), REPEATED.items())
def test_repeated_indices_tell_overwriting_from_accumulating(named, body, name):
    found = named("i, g, n", TOKENS, ADDED, body)["name"]

    assert found == name if name else found not in REPEATED.values() or found is None


def test_a_changed_input_is_told_where_nothing_else_is_known(named):
    body = "x += s; return x**3"
    diagnosis = named("x, s", LINES, "np.exp(x)", body)

    assert diagnosis["name"] == "A changed input"
    assert diagnosis["sentence"] == "x is changed in place wherever the result is wrong."
    assert named("x, s", LINES, "np.exp(x)", "return (x + s)**3")["name"] is None


def test_a_changed_input_is_told_once_where_the_result_is_right(named):
    diagnosis = named("x, s", LINES, "2 * x", "y = 2 * x; x += s; return y", points=0)

    assert diagnosis["name"] is None
    assert "x was changed in place" in diagnosis["sentence"]


@pytest.mark.parametrize(
    ("body", "mean"),
    [("return x**2 / 3", False), ("return x**2 / len(x)", True), ("return x**2 / 4", True)],
)
def test_a_mean_is_spoken_of_only_where_an_axis_has_that_length(named, body, mean):
    diagnosis = named("x, s", ROWS, "x**2", body)

    assert diagnosis["name"] == "Constant factor"
    assert ("mean" in diagnosis["hint"]) == mean


@pytest.mark.parametrize("body", ["return 0.0", "return np.zeros((len(x), 1))"])
def test_where_all_is_zero_no_slip_is_read_from_it(named, body):
    zeros = '[{"x": np.zeros(n), "s": 1.0} for n in (2, 5, 3)]'

    assert named("x, s", zeros, "2 * x", body)["name"] is None


def test_a_factor_is_named_after_nothing_that_a_student_never_sees():
    program = Case(index=0, arguments={"leaves": [1.0, 2.0], "nodes": [{}, {}], "outputs": [2]})

    assert quantities.equals([program], 0.5) == []


def test_a_slip_that_shows_on_some_inputs_says_on_which_others_it_is_right(named):
    diagnosis = named("x, s", ROWS, "x**2", "return x**2 * (1 if len(x) == 2 else -1)")

    assert diagnosis["name"] == "Wrong sign"
    assert diagnosis["evidence"] == "on 2 of 3 inputs, and right on the other one input"


def test_one_number_is_not_enough_for_a_factor(named):
    one = '[{"x": float(rng.uniform(1, 2)), "s": 2.0} for _ in range(2)]'

    assert named("x, s", one, "x**2 + 1", "return 3.7 * x**2 + 3.7")["name"] is None
    assert named("x, s", one.replace("range(2)", "range(3)"), "x**2", "return 3.7 * x**2")["name"] is not None


# optimizers

OPTIMIZER = """
class Descent:
    def __init__(self, params, lr=0.1):
        self.params, self.lr, self.rate, self.t, self.last = params, lr, lr, 0, None

    def step(self, grads):
        self.t += 1
        {first}
        for i, (p, g) in enumerate(zip(self.params, grads)):
            {each}
"""
STEPS = {
    "if g is not None: p += self.lr * g": ("Wrong sign", "opposite way"),
    "if g is not None: p -= 2 * self.lr * g": ("Constant factor", "Every step is 2 times"),
    "pass": ("Nothing moves", "stay where they started"),
    "if g is not None: p -= self.rate * g": ("Wrong from one step on", "the step at which lr is set"),
    "if g is not None and self.t > 1: p -= self.lr * g": ("Off by one step", "leaves out the first step"),
    "if g is not None: p -= self.lr * g * (1 if self.t == 1 else 1.1)": (
        "Wrong from one step on",
        "before the first gradient that is None and the second step",
    ),
    "if g is not None: p -= self.lr * g * self.t**1.5 - 0.1": None,
    "if g is not None: p -= self.lr * g * (1 if self.t != 3 else 1.1 + i)": (
        "Wrong from one step on",
        "lr is set",
    ),
    "if g is not None: p -= self.lr * abs(g) + 0.01": None,
}


@pytest.mark.parametrize(("each", "said"), STEPS.items())
def test_slips_of_an_optimizer_are_read_from_its_path(sandbox, each, said):
    source = OPTIMIZER.format(first="pass", each=each)
    diagnosis = grade(make_exercise(DESCENT), source, sandbox=sandbox).checks[0].evidence.diagnosis

    if said is None:
        assert diagnosis is None
    else:
        assert diagnosis["name"] == said[0]
        assert said[1] in diagnosis["sentence"]


REBINDS = """
[[solutions]]
file = "solutions/rebinds.py"
outcome = "wrong"
fails = "Three steps"
name = "New arrays in the list"
sentence = "You put new arrays into the list."
hint = "Change them."
"""


@pytest.mark.parametrize(
    ("each", "name"),
    [
        ("if g is not None: p = p - self.lr * g", "Nothing moves"),
        ("if g is not None: self.params[i] = p - self.lr * g", "New arrays in the list"),
    ],
)
def test_new_arrays_are_said_to_be_in_the_list_only_where_they_are(sandbox, each, name):
    rebinds = OPTIMIZER.format(first="pass", each="if g is not None: self.params[i] = p - self.lr * g")
    exercise = make_exercise((DESCENT[0], DESCENT[1] + REBINDS, DESCENT[2]), solutions__rebinds=rebinds)

    diagnosis = (
        grade(exercise, OPTIMIZER.format(first="pass", each=each), sandbox=sandbox)
        .checks[0]
        .evidence.diagnosis
    )

    assert diagnosis["name"] == name


def test_a_path_that_is_a_step_behind_is_told(sandbox):
    first = (
        "kept = [0 * p if g is None else g for p, g in zip(self.params, grads)]; "
        "grads, self.last = self.last or [0 * p for p in self.params], kept"
    )
    source = OPTIMIZER.format(first=first, each="p -= self.rate * g")
    constant = DESCENT[2].replace('steps[2]["set"] = {"lr": 0.5}', "steps.append(dict(steps[0]))")
    exercise = make_exercise((DESCENT[0], DESCENT[1], constant))
    diagnosis = grade(exercise, source, sandbox=sandbox).checks[0].evidence.diagnosis

    assert (diagnosis["name"], "a step behind" in diagnosis["sentence"]) == ("Off by one step", True)


# engines

VALUE = """
class Value:
    def __init__(self, data):
        self.data, self.grad, self.back = data, 0.0, []

    def __add__(self, other):
        return self.of(self.data + value(other).data, [(self, 1.0), (value(other), 1.0)])

    def __mul__(self, other):
        other = value(other)
        return self.of(self.data * other.data, [(self, other.data), (other, self.data)])

    __radd__, __rmul__ = __add__, __mul__

    def of(self, data, back):
        out = Value(data)
        out.back = back
        return out

    def backward(self):
        self.send(1.0)

    def send(self, grad):
        self.grad {sign} grad{wrong}
        for one, slope in self.back:
            one.send(grad * slope)

def value(x):
    return x if isinstance(x, Value) else Value(x)
"""


def test_gradients_that_are_overwritten_are_told_by_the_ways_to_the_output(sandbox):
    overwritten = grade(make_exercise(ENGINE), VALUE.format(sign="=", wrong=""), sandbox=sandbox)
    wrong_alike = grade(make_exercise(ENGINE), VALUE.format(sign="+=", wrong="**2 + 1"), sandbox=sandbox)

    diagnosis = overwritten.checks[0].evidence.diagnosis
    assert diagnosis["name"] == "Not accumulated"
    assert "`grad` is wrong on the only leaf with several ways" in diagnosis["sentence"]
    assert wrong_alike.checks[0].evidence.diagnosis is None


# two mistakes

STORED = """
[[solutions]]
file = "solutions/plain.py"
outcome = "wrong"
fails = "Against autograd"
name = "Upstream left out"
sentence = "You leave dy out of dx."
hint = "Where does dy go?"

[[solutions]]
file = "solutions/mean.py"
outcome = "wrong"
fails = "Against autograd"
name = "Averaged"
sentence = "You average dscale."
hint = "Sum it."

[[solutions]]
file = "solutions/both.py"
outcome = "wrong"
fails = "Against autograd"
name = "Cubed"
sentence = "You cube x."
hint = "Square it."
"""
BACKWARD = "def square_backward(x, scale, dy):\n    return {dx}, {dscale}\n"
DX, DSCALE = "2 * x * scale * dy", "(x**2 * dy).sum(axis=0)"
PLAIN, MEAN, CUBED = "2 * x * scale", "(x**2 * dy).mean(axis=0)", "3 * x**2 * scale * dy"
COMBINED = {
    (PLAIN, MEAN): (
        "Upstream left out, and averaged",
        "In dx: You leave dy out of dx. In dscale: You average dscale.",
    ),
    (f"-({PLAIN})", DSCALE): ("Upstream left out, and wrong sign", "On top of that: dx has the wrong sign."),
    (f"0.5 * ({PLAIN})", DSCALE): (
        "Upstream left out, and constant factor",
        "dx is 0.5 times what that gives.",
    ),
    (PLAIN, f"-{DSCALE}"): (
        "Upstream left out, and wrong sign",
        "In dx: You leave dy out of dx. dscale has the wrong",
    ),
    (f"-{DX}", f"-{DSCALE}"): ("Wrong sign", "and is right otherwise. The same is true of dscale."),
    (f"({PLAIN})**3", DSCALE): None,
    (CUBED, DSCALE): None,  # that mistake shows in dscale too
    ("x**7", MEAN): ("Averaged", "In dscale: You average dscale."),
}


@pytest.mark.parametrize(("made", "said"), COMBINED.items())
def test_mistakes_are_told_together(sandbox, made, said):
    files = {
        "solutions__plain": BACKWARD.format(dx=PLAIN, dscale=DSCALE),
        "solutions__mean": BACKWARD.format(dx=DX, dscale=MEAN),
        "solutions__both": BACKWARD.format(dx=CUBED, dscale="(x**3 * dy).sum(axis=0)"),
    }
    parts = (SQUARE[0], SQUARE[1] + STORED, SQUARE[2])
    exercise = make_exercise(parts, replace=('group = "any"', 'group = "f8"'), **files)
    source = BACKWARD.format(dx=made[0], dscale=made[1])
    diagnosis = grade(exercise, source, sandbox=sandbox).checks[0].evidence.diagnosis

    if said is None:
        assert diagnosis is None
    else:
        assert diagnosis["name"] == said[0]
        assert said[1] in diagnosis["sentence"]
        assert diagnosis["evidence"].startswith("on 3 of 3 inputs")
        assert ("dx is wrong as well" in diagnosis["evidence"]) == (made[0] == "x**7")


def test_a_known_mistake_that_is_nearly_right_is_not_named_where_precision_is_lost(sandbox):
    exercise = make_exercise(solutions__half="def double(x):\n    return 2 * x * (1 + 1e-8)\n")
    source = "def double(x):\n    return (2 * x).astype('f4').astype('f8')\n"

    check = grade(exercise, source, sandbox=sandbox, seed=1).checks[0]

    assert check.evidence.diagnosis["name"] == "Lost precision"


def test_what_one_mistake_has_said_the_other_does_not_say_again():
    unused = sentences.Reason("Mask not used", "In dK: a.", "Which argument?")
    twisted = sentences.Reason(
        "Mask not used, and constant factor", "In dQ: a. On top b.", "Which argument? A mean."
    )

    for both in (sentences.of_two(twisted, unused), sentences.of_two(unused, twisted)):
        assert (both.name, both.hint) == (twisted.name, twisted.hint)


def test_two_outputs_in_each_others_place_are_told(sandbox):
    source = BACKWARD.format(dx=DSCALE, dscale=DX)
    exercise = make_exercise(SQUARE, replace=('group = "any"', 'group = "f8"'))
    diagnosis = grade(exercise, source, sandbox=sandbox).checks[0].evidence.diagnosis

    assert (diagnosis["name"], diagnosis["sentence"]) == (
        "Exchanged",
        "dx and dscale are right, each in the place of the other.",
    )


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ([1.0, 2.0], [1.0, 2.0 + 1e-9], True),
        ([1.0, 2.0], [1.0, np.inf], False),
        ([0.0, 0.0], [np.inf, np.inf], False),
        ([1.0, np.inf], [1.0, np.inf], True),
        ([1.0, np.inf], [1.0, -np.inf], False),
        ([2.0, np.nan], [2.0, np.nan], True),
        ([np.nan, np.nan], [np.nan, np.nan], False),  # no number that would say anything
        ([1.0, 2.0], [np.nan, 2.0], False),
        ([], [], True),
    ],
)
def test_nothing_is_close_to_infinity_but_itself(a, b, alike):
    with np.errstate(all="raise"):
        assert close(np.array(a), np.array(b)) is alike
