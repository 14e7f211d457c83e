"""The author's code answers from its own box, in float64, with torch."""

import time

import numpy as np
import pytest

from grader.errors import ReferenceError_
from grader.question import Question
from grader.reference import Reference, seed_for
from grader.sandbox import Limits
from grader.values import Tensor
from tests.grader.factories import APPLY, APPLY_REFERENCE, DESCENT, ENGINE, SPLIT, SQUARE, make_exercise


@pytest.fixture
def asked(sandbox):
    """A reference that has made the inputs of an exercise's first check."""
    opened = []

    def ask(exercise, seed=1):
        reference = Reference(exercise, sandbox)
        opened.append(reference)
        reference.ask(Question.of_check(exercise, exercise.checks[0]), seed)
        return reference

    yield ask
    for reference in opened:
        reference.close()


def square(dtype, **options):
    return make_exercise(SQUARE, replace=('group = "any"', f'group = "{dtype}"'), **options)


def test_gradients_are_those_of_autograd_with_the_upstream_that_the_student_gets(asked):
    case = asked(square("f8")).case(0)
    x, scale, dy = (case.arguments[name] for name in ("x", "scale", "dy"))
    dx, dscale = case.expected

    assert dy.dtype == np.float64
    assert not np.allclose(dy, 1)
    np.testing.assert_allclose(dx, 2 * x * scale * dy)
    np.testing.assert_allclose(dscale, (x**2 * dy).sum(axis=0))


def test_float32_inputs_get_a_float32_upstream_and_a_float64_gradient(asked):
    case = asked(square("f4")).case(0)

    assert case.arguments["x"].dtype == case.arguments["dy"].dtype == np.float32
    assert case.expected[0].dtype == np.float64
    x, scale, dy = (case.arguments[name].astype(np.float64) for name in ("x", "scale", "dy"))
    np.testing.assert_allclose(case.expected[0], 2 * x * scale * dy, rtol=1e-14)


def test_a_python_float_is_differentiated_in_float64(asked):
    reference = """
def cases(rng, group):
    return [{"x": rng.normal(size=(2, 3)), "scale": 0.1}]

def forward(x, scale):
    return scale * x**2
"""
    case = asked(square("f8", reference=reference)).case(0)

    np.testing.assert_allclose(case.expected[0], 0.2 * case.arguments["x"] * case.arguments["dy"], rtol=1e-15)


def test_a_numpy_exercise_sees_no_tensor_and_a_torch_exercise_does(asked):
    cases = "def cases(rng, group):\n    return [{'x': torch.ones(3)}]\n"
    reference = f"import torch\n{cases}def expected(x):\n    return x\n"

    assert isinstance(asked(make_exercise(reference=reference)).case(0).expected, np.ndarray)
    assert isinstance(asked(make_exercise(reference=reference, runtime="torch")).case(0).expected, Tensor)


def test_the_same_seed_makes_the_same_inputs(asked):
    exercise = square("f8")
    first, again, other = (asked(exercise, seed).case(1) for seed in (1, 1, 2))

    assert np.array_equal(first.arguments["dy"], again.arguments["dy"])
    assert not np.array_equal(first.arguments["dy"], other.arguments["dy"])
    assert not np.array_equal(first.arguments["x"], other.arguments["x"])


def test_functions_are_named_and_stay_in_the_reference_box(asked):
    reference = asked(make_exercise(APPLY))
    case = reference.case(0)

    assert case.functions == {"f": ""}
    assert list(case.arguments) == ["x"]
    assert reference.answer(0, "f", (2.0,)) == 6.0


def test_an_optimizer_is_stepped_on_copies(asked):
    case = asked(make_exercise(DESCENT)).case(0)
    start, path = case.arguments["params"], case.expected

    assert len(path) == 3
    np.testing.assert_allclose(path[0][0], start[0] - 0.2 * case.arguments["steps"][0]["grads"][0])
    assert np.array_equal(path[1][0], path[0][0])  # its gradient was None


def test_the_magnitude_of_terms_survives_their_cancellation(asked):
    reference = """
import numpy as np
def cases(rng, group):
    return [{"x": np.array([1e6, -1e6, 1.0])}]
def expected(x):
    return x.sum(keepdims=True)
"""
    (magnitude,) = asked(make_exercise(reference=reference)).case(0).magnitudes()

    assert 1e5 < magnitude < 1e7


@pytest.mark.parametrize("others", [0, 1, 7, 100])
def test_the_magnitude_of_any_two_terms_that_cancel_is_seen(asked, others):
    reference = f"""
import numpy as np
def cases(rng, group):
    return [{{"x": np.array([1e6, -1e6] + {others} * [0.0])}} for _ in range(40)]
def expected(x):
    return x.sum(keepdims=True)
"""
    found = asked(make_exercise(reference=reference))

    assert min(found.case(i).magnitudes()[0] for i in range(40)) > 1e5


def test_the_magnitude_of_what_cancels_on_the_way_is_seen(asked):
    reference = """
import numpy as np
import torch
def cases(rng, group):
    return [{"x": np.array([20.0, 0.0, 0.0]), "scale": 1.0} for _ in range(20)]
def forward(x, scale):
    return torch.softmax(scale * x, dim=-1)
"""
    found = asked(make_exercise((*SQUARE[:2], reference)))

    for case in map(found.case, range(20)):
        assert np.abs(case.expected[0]).max() < 1e-6
        assert case.magnitudes()[0] > 0.1 * abs(case.arguments["dy"][0])


@pytest.mark.parametrize(
    ("nodes", "least"),
    [
        ([{"op": "mul", "of": [0, np.array([7.0, -7.0, 0.001])]}, {"op": "total", "of": [1]}], 1.0),
        ([{"op": "mul", "of": [0, 7.0]}, {"op": "mul", "of": [0, -7.0]}, {"op": "add", "of": [1, 2]}], 1.0),
        ([{"op": "pow", "of": [0, 2.0]}], 0.1),  # the exponent stays
    ],
)
def test_the_magnitude_of_a_programs_terms_survives_the_cancellation_of_constants(asked, nodes, least):
    made = f"[{{'leaves': [1.5], 'nodes': {nodes!r}}}]".replace("array(", "np.array(")
    reference = ENGINE[2].replace("def programs", "import numpy as np\n\ndef programs_of_the_tests")
    reference += f"\ndef programs(rng, group):\n    return {made}\n"
    toml = ENGINE[1].replace('"getitem"]', '"getitem", "pow"]')

    (_output, gradient) = asked(make_exercise(("engine", toml, reference))).case(0).magnitudes()

    assert least < gradient < 20.0


def test_a_jump_has_no_magnitude(asked):
    reference = """
import numpy as np
def cases(rng, group):
    return [{"x": np.array([1.0, 1.0])}]
def expected(x):
    return np.array([float(np.argmax(x))])
"""
    assert asked(make_exercise(reference=reference)).case(0).magnitudes() == (0.0,)


def test_what_lies_beside_an_input_may_be_refused(asked):
    reference = """
import numpy as np
def cases(rng, group):
    return [{"x": np.array([1.0, 2.0])}]
def expected(x):
    if x[0] != 1.0:
        raise ValueError("x[0] is 1 by contract")
    return 2 * x
"""
    assert asked(make_exercise(reference=reference)).case(0).magnitudes() == (0.0,)


def test_autograd_is_compared_with_central_differences(asked):
    wrong = SQUARE[2] + (
        "\nimport torch\nclass Wrong(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x, s):\n        return s * x**2\n"
        "    @staticmethod\n    def backward(ctx, dy):\n        return dy, dy.sum(0)\n"
        "def forward(x, scale):\n    return Wrong.apply(x, scale)\n"
    )

    assert asked(square("f8")).disagreement(0) < 1e-6
    assert asked(square("f8", reference=wrong)).disagreement(0) > 1e-2


def test_parts_of_a_grading_have_seeds_of_their_own():
    assert seed_for(1, 0) == seed_for(1, 0)
    assert len({seed_for(1, 0), seed_for(1, 1), seed_for(2, 0), seed_for(1, 0, 0)}) == 4
    assert 0 <= seed_for(2**53 - 1, "a") < 2**48


def test_its_box_serves_the_next_grading_with_the_same_reference(sandbox):
    exercise = square("f8")
    pids = []
    for seed in (1, 2):
        with Reference(exercise, sandbox) as reference:
            reference.ask(Question.of_check(exercise, exercise.checks[0]), seed)
            reference.case(0)
            pids.append(reference._box.pid)
    assert pids[0] == pids[1]


def test_its_box_is_not_used_again_after_a_failure(sandbox):
    exercise = square("f8")
    with pytest.raises(ZeroDivisionError), Reference(exercise, sandbox) as reference:
        reference.ask(Question.of_check(exercise, exercise.checks[0]), 1)
        box = reference._box
        raise ZeroDivisionError
    assert sandbox.kept(exercise.reference) is not box


def test_what_one_check_used_up_is_there_again_for_the_next(sandbox, monkeypatch):
    """A student's calls are answered by this box: they must not be able to end it for the author's."""
    monkeypatch.setattr("grader.reference.LIMITS", Limits(wall_s=3.0))
    slow = APPLY_REFERENCE.replace("lambda x: 3 * x", "slow")
    slow = f"import time\n{slow}\ndef slow(x):\n    time.sleep(0.5)\n    return x\n"
    exercise = make_exercise((APPLY[0], APPLY[1], slow))
    question = Question.of_check(exercise, exercise.checks[0])

    with Reference(exercise, sandbox) as asked:
        for _ in range(3):
            asked.ask(question, 1, ahead=False)
            assert [asked.answer(0, "f", (2.0,)) for _ in range(4)] == [2.0] * 4


def test_what_is_asked_next_is_made_meanwhile_and_does_not_disturb(sandbox):
    exercise = square("f8")
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as alone:
        alone.ask(question, 2)
        expected = alone.case(0)
        magnitudes = expected.magnitudes()

    with Reference(exercise, sandbox) as reference:
        reference.begin(question, 1, then=[(question, 2)])
        reference.ask(question, 1)
        reference.begin(question, 2, then=[(question, 3)])
        reference.ask(question, 2)
        found = reference.case(0)
        np.testing.assert_array_equal(found.expected[0], expected.expected[0])
        assert found.magnitudes() == magnitudes
        moved = reference.variant(found, dict(found.given))

    np.testing.assert_array_equal(moved.expected[0], expected.expected[0])


def test_inputs_that_are_drawn_in_between_do_not_disturb_what_is_next(sandbox):
    exercise = make_exercise(APPLY)
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as reference:
        reference.begin(question, 1, then=[(question, 2)])
        reference.ask(question, 1)
        reference.ask(question, 3, ahead=False)
        assert reference.answer(0, "f", (2.0,)) == 6.0
        reference.ask(question, 2)
        assert reference.answer(0, "f", (3.0,)) == 9.0


def test_what_is_prepared_is_made_before_it_is_asked_and_the_next_grading_finds_it(sandbox):
    """With what an earlier grading was asked gone by then, and with the numbers of its own seed."""
    exercise = make_exercise((APPLY[0], APPLY[1], f"{APPLY_REFERENCE}\n# of this test alone"))
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as first:
        seed = first.draw()
        first.ask(question, seed_for(seed, 0))
        first.prepare([question, question])
    box = sandbox.kept(exercise.reference)
    box.settle()
    sent = box.prepared
    sandbox.keep(exercise.reference, box)

    with Reference(exercise, sandbox) as second:
        assert second.draw() == sent.seed != seed
        asked = []
        box.begin, begin = lambda *p, **o: asked.append(p) or begin(*p, **o), box.begin
        second.ask(question, seed_for(sent.seed, 0))
        prepared = second.case(0)
        second.ask(question, seed_for(sent.seed, 1))
        assert second.answer(0, "f", (2.0,)) == 6.0
        assert not asked
        second.ask(question, seed_for(sent.seed, 2))
        assert asked
        del box.begin
    with Reference(exercise, sandbox) as alone:
        alone.ask(question, seed_for(sent.seed, 0))
        np.testing.assert_equal(alone.case(0).arguments, prepared.arguments)


def test_a_run_in_between_leaves_what_is_prepared(sandbox):
    exercise = make_exercise((APPLY[0], APPLY[1], f"{APPLY_REFERENCE}\n# of this test, too"))
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as first:
        first.ask(question, 1)
        first.prepare([question])
        seed = first._prepared.seed
    with Reference(exercise, sandbox) as run:
        run.ask(question, 0)
        assert run.answer(0, "f", (2.0,)) == 6.0
    with Reference(exercise, sandbox) as third:
        assert third.draw() == seed
        assert third.ask(question, seed_for(seed, 0)) > 0
        assert third.answer(0, "f", (2.0,)) == 6.0
    with Reference(exercise, sandbox) as fourth:
        assert fourth.draw() != seed


def test_what_is_made_for_later_checks_is_no_time_of_the_students(sandbox):
    """It is heard before the first input with functions is there."""
    slow = APPLY_REFERENCE.replace("def cases(rng, group):", "def cases(rng, group):\n    slowly(rng)")
    slow += "\nmade = []\ndef slowly(rng):\n    import time\n    made.append(1)\n"
    slow += "    time.sleep(0.3 if len(made) > 1 else 0)\n"
    exercise = make_exercise((APPLY[0], APPLY[1], slow))
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as reference:
        reference.begin(question, 1, then=[(question, 2)])
        reference.ask(question, 1)
        reference.case(0)
        started = time.monotonic()
        reference.answer(0, "f", (2.0,))
        assert time.monotonic() - started < 0.2


def test_a_box_that_ends_over_later_inputs_is_not_the_students_doing(sandbox):
    ends = APPLY_REFERENCE.replace("def cases(rng, group):", "def cases(rng, group):\n    end()")
    ends += "\nmade = []\ndef end():\n    import os\n    made.append(1)\n    len(made) > 1 and os._exit(1)\n"
    exercise = make_exercise((APPLY[0], APPLY[1], ends))
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as reference, pytest.raises(ReferenceError_, match="ended"):
        reference.begin(question, 1, then=[(question, 2)])
        reference.ask(question, 1)
        reference.case(0)


def test_a_box_that_meets_answers_prepares_nothing(sandbox):
    exercise = make_exercise(SPLIT)
    question = Question.of_check(exercise, exercise.checks[0])
    with Reference(exercise, sandbox) as reference:
        reference.ask(question, 1)
        reference.prepare([question])
    with Reference(exercise, sandbox) as reference:
        reference.draw()
        assert sandbox.kept(exercise.reference) is None


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        (
            "def cases(rng, group):\n    return 1 / 0",
            r"cases \(any\): raised ZeroDivisionError: .* in line 2$",
        ),
        (
            "def cases(rng):\n    pass",
            r"cases \(any\): raised TypeError: cases\(\) takes 1 positional .* were given$",
        ),
        ("def cases(rng, group):\n    return {'x': 1.0}", "cases returns a dict, expected a list of dicts$"),
        ("def cases(rng, group):\n    return 1.0", "cases returns a float, expected a list of dicts$"),
        (
            "def cases(rng, group):\n    return [(1.0,)]",
            "a list with a tuple in it, expected a list of dicts$",
        ),
        ("", "reference.py \\(any\\): nothing in it is named cases$"),
    ],
)
def test_inputs_that_cannot_be_made_are_told_of_in_the_authors_terms(asked, reference, sentence):
    with pytest.raises(ReferenceError_, match=sentence):
        asked(make_exercise(reference=reference))


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("", r"reference.py \(any\): nothing in it is named expected$"),
        (
            "def expected(x):\n    return 2 * x / 0",
            r"expected \(any\): raised ZeroDivisionError: .* in line 5$",
        ),
        ("def expected(x, y):\n    return x", r"raised TypeError: expected\(\) missing .*: 'y'$"),
        ("def expected(x):\n    2 * x", r"reference.py \(any\): expected returns None$"),
        ("def expected(x):\n    return x * float('nan')", "the answer to input 1 has a NaN in it"),
    ],
)
def test_an_answer_that_cannot_be_had_is_told_of_in_the_authors_terms(asked, reference, sentence):
    cases = "def cases(rng, group):\n    return [{'x': 1.0}]\n\n"

    with pytest.raises(ReferenceError_, match=sentence):
        asked(make_exercise(reference=cases + reference)).case(0)


def test_a_gradient_with_respect_to_what_no_input_has_says_what_there_is(asked):
    slug, toml, reference = SQUARE
    renamed = toml.replace('wrt = ["x", "scale"]', 'wrt = ["x", "z"]')
    without_group = reference.replace(".astype(group)", "")

    with pytest.raises(ReferenceError_, match="`wrt` names z, and the input has no z but x, scale"):
        asked(make_exercise((slug, renamed, without_group))).case(0)
