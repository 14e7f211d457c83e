"""Every sentence is short, exact, and set with a true minus sign."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from grader import feedback
from grader.compare import Leaf, compare
from grader.exercise import CallBound, CheckKind, Entry, EntryKind, Growth, Visibility
from grader.outcome import Outcome
from grader.sandbox import Ended, Frame, Raised
from grader.tolerance import Tolerance
from grader.verdict import CheckResult, Evidence

ENTRY = Entry(
    name="f",
    kind=EntryKind.FUNCTION,
    signature="f(x, h) -> float",
    parameters=("x", "h"),
    returns=("y",),
)
DIFFERENCE = compare(Leaf("dx", -np.ones((2, 2)), np.eye(2), 0), Tolerance(eps=1e-16, terms=1))
RAISED = Raised("ValueError", "math domain error.\nmore", (Frame(3, "f", "log(x)"),), 0.1)

FINDINGS = [
    feedback.does_not_load(Raised("SyntaxError", "invalid syntax", (Frame(1, "", "def ("),), 0.0)),
    feedback.does_not_load(RAISED),
    feedback.raised(RAISED),
    feedback.raised(Raised("RecursionError", "maximum recursion depth exceeded", (), 0.0)),
    feedback.missing(ENTRY, ""),
    feedback.missing(ENTRY, "class"),
    *(feedback.ended(Ended(outcome, "20 s", "20.1 s")) for outcome in feedback.ENDED),
    feedback.calls("f", 4, CallBound(exactly=2)),
    feedback.calls("f", 0, CallBound(exactly=1)),
    feedback.calls("f", 9, CallBound(at_most=1)),
    feedback.endless_calls("f", 2000),
    feedback.wrong_count("The result", 3, ("dx", "dw")),
    feedback.wrong_length("out", 1, 2),
    feedback.wrong_type("dx", None, "a NumPy array"),
    feedback.wrong_type("dx", [1.0], "a NumPy array"),
    feedback.on_the_graph("loss"),
    feedback.wrong_keys("out", ["a"], ["b", "c"]),
    feedback.wrong_keys("out", [], ["b"]),
    feedback.wrong_shape("dx", (3, 2), (2, 3)),
    feedback.wrong_shape("dx", (3, 2), (2,)),
    feedback.wrong_shape("dx", (3, 1), (3,)),
    feedback.wrong_type("dx", (1.0,), "a float"),
    feedback.wrong_dtype("dx", "float16", ("float64", "float32")),
    feedback.not_finite("dx[0]", math.nan, -1.0),
    feedback.not_finite("dx[0]", -math.inf, -1.0),
    feedback.mismatch(DIFFERENCE, of="dx"),
    feedback.unequal("kind", "max", "min"),
    feedback.wrong_step(DIFFERENCE, 3, moved=False),
    feedback.changed_input(("x", "y")),
    feedback.too_slow(Evidence(), 5.1, 4.8, 5.5, 3.0),
]


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.outcome)
def test_a_finding_is_at_most_three_sentences(finding):
    prose = re.sub(r"`[^`]*`", "code", finding.sentence)
    sentences = re.findall(r"[^.!?]+[.!?](?=\s|$)", re.sub(r"\d\.\d", "1", prose))

    assert 1 <= len(sentences) <= 3
    assert prose.endswith((".", "?"))
    assert "  " not in prose


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.outcome)
def test_numbers_have_a_true_minus_sign(finding):
    assert not re.search(r"(?<![\w`])-\d", finding.sentence)


def test_a_mismatch_says_got_expected_and_where():
    assert feedback.mismatch(DIFFERENCE, of="dx").sentence == (
        "dx is wrong: at dx[0, 0] you returned −1, expected 1."
    )


def test_an_exception_says_its_line_and_only_the_first_line_of_its_message():
    assert feedback.raised(RAISED).sentence == "The code raised ValueError: math domain error in line 3."


def test_a_missing_name_shows_how_to_define_it():
    assert feedback.missing(ENTRY, "").sentence == (
        "There is no f in the code. Define it with `def f(x, h):`."
    )


def test_a_missing_class_is_shown_as_a_class_is_written():
    adam = replace(
        ENTRY, name="Adam", kind=EntryKind.CLASS, signature="Adam(params, lr=1e-3, betas=(0.9, 0.999))"
    )

    assert feedback.missing(adam, "").sentence == (
        "There is no Adam in the code. Define it with `class Adam:` and in it "
        "`def __init__(self, params, lr=1e-3, betas=(0.9, 0.999)):`."
    )


def test_a_missing_part_of_the_starter_is_to_be_put_back():
    order = replace(ENTRY, name="order", signature="sort(root) -> list", parameters=("n", "edges", "root"))

    assert feedback.missing(order, "").sentence == (
        "There is no order in the code. "
        "It stands complete in the starter, as `def order(n, edges, root)`: put it back from there."
    )


def test_every_way_to_end_a_box_has_a_sentence():
    ends = [outcome for outcome in Outcome if str(outcome).endswith("_limit")]
    ends += [Outcome.FORBIDDEN, Outcome.EXITED, Outcome.CRASHED, Outcome.BAD_ANSWER]

    assert set(ends) <= set(feedback.ENDED)


def result(outcome, name="", points=0):
    diagnosis = {"name": name} if name else None
    return CheckResult(
        name="A check",
        kind=CheckKind.VALUE,
        outcome=outcome,
        points=points,
        max_points=1,
        visibility=Visibility.ALL,
        visibility_after=Visibility.ALL,
        sentence="",
        evidence=Evidence(diagnosis=diagnosis),
    )


@pytest.mark.parametrize(
    ("checks", "headline"),
    [
        ([result(Outcome.PASSED)], "Passed. One check, 1 of 3 points."),
        ([result(Outcome.SYNTAX), result(Outcome.NOT_RUN)], "Not passed yet. Python cannot read the code."),
        ([result(Outcome.RAISED), result(Outcome.NOT_RUN)], "Not passed yet. The code does not load."),
        ([result(Outcome.CALLS)], "Not passed yet. One check failed."),
        ([result(Outcome.RAISED), result(Outcome.PASSED)], "Not passed yet. One check failed."),
        (
            [result(Outcome.EXITED), result(Outcome.CPU_LIMIT), result(Outcome.NOT_RUN)],
            "Not passed yet. The code was stopped before it answered.",
        ),
        ([result(Outcome.PASSED), result(Outcome.SHAPE)], "Not passed yet. One check failed."),
        ([result(Outcome.SHAPE), result(Outcome.SHAPE)], "Not passed yet. Two checks failed."),
        ([result(Outcome.SHAPE, "A"), result(Outcome.SHAPE)], "Not passed yet. Two checks failed."),
        (
            [result(Outcome.SHAPE, "A"), result(Outcome.SHAPE, "A")],
            "Not passed yet. One cause explains both failures.",
        ),
        (
            [result(Outcome.SHAPE, "A")] * 3,
            "Not passed yet. One cause explains all three failures.",
        ),
    ],
)
def test_the_headline_sums_the_verdict_up(checks, headline):
    assert feedback.headline(checks, 1, 3) == headline


@pytest.mark.parametrize(("got", "due"), [((3, 1), (3,)), ((1,), ())])
def test_an_axis_of_one_too_many_is_not_taken_for_a_missing_sum(got, due):
    sentence = feedback.wrong_shape("dx", got, due).sentence

    assert "An axis too many" in sentence
    assert "summed" not in sentence


def test_another_form_of_as_many_numbers_is_no_axis_too_many():
    assert "An axis too many" not in feedback.wrong_shape("dx", (2, 3), (6,)).sentence


def test_a_trailing_comma_is_named_where_it_made_a_tuple():
    sentence = feedback.wrong_type("dx", (np.ones(3),), "a NumPy array").sentence

    assert sentence == "dx is a tuple; a NumPy array is due. A comma at the end of a line makes a tuple."


def test_a_limit_of_time_may_be_met_by_what_is_slow():
    times = [Outcome.CPU_LIMIT, Outcome.WALL_LIMIT, Outcome.LOAD_LIMIT]
    sentences = [feedback.ended(Ended(one, "10 s", "10.0 s")).sentence for one in times]

    assert all("slow" in one and "10.0 s" not in one for one in sentences)
    assert "steps than it has to" in feedback.endless_calls("f", 2000).sentence


def test_memory_is_refused_for_what_was_asked_and_not_for_what_was_held():
    assert "3 MB" not in feedback.ended(Ended(Outcome.MEMORY_LIMIT, "512 MB", "3 MB")).sentence


@pytest.mark.parametrize("around", [1, 2])
def test_lines_that_repeat_in_a_traceback_are_shown_once(around):
    again = tuple(Frame(3 + i, "f", "  return f(x)") for i in range(around))
    finding = feedback.raised(Raised("RecursionError", "", (Frame(9, "g", "f(x)"), *again * 6), 0.0))

    shown = finding.evidence.traceback
    assert [one["line"] for one in shown] == [9, *range(3, 3 + around)]
    assert shown[-1]["text"] == "return f(x)\n… the same at least 5 more times"


def test_a_recursion_may_be_too_deep_or_without_an_end():
    sentence = feedback.raised(Raised("RecursionError", "too deep", (), 0.0)).sentence

    assert "without end, or deeper than Python allows" in sentence


def test_what_does_not_grow_is_not_said_to_grow():
    growth = Growth(of="time", sizes=(1, 2), at_most=2.0)

    shrinks = feedback.flat_enough(growth, -0.446, -2.45, 1.54, decided=True)

    assert shrinks.startswith("Time does not measurably grow with size")
    assert feedback.flat_enough(growth, 1.0, 0.9, 1.1, decided=True).startswith("Time grows like size")


def test_an_undecided_time_says_that_it_passes():
    assert "undecided and passes" in feedback.fast_enough(2.0, 1.5, 3.5, 3.0, decided=False)


def test_keys_are_shown_as_python_writes_them_and_not_all_of_many():
    finding = feedback.wrong_keys("out", ["\0", *map(str, range(1000))], ["b"])

    assert finding.sentence.startswith("out has '\\x00', '0', '1', ")
    assert finding.sentence.endswith("and 993 more; the keys 'b' are due.")


@pytest.mark.parametrize("said", [feedback.raised, feedback.does_not_load])
def test_a_syntax_error_is_the_files_only_where_no_code_ran(said):
    of_the_file = said(Raised("SyntaxError", "invalid syntax", (Frame(3, "", "x = = 3"),), 0.0))
    of_a_text = said(Raised("SyntaxError", "invalid syntax", (Frame(3, "f", 'eval("1 +")'),), 0.0))

    assert of_the_file.sentence == "Python cannot read the code in line 3: invalid syntax."
    assert (of_the_file.outcome, of_a_text.outcome) == (Outcome.SYNTAX, Outcome.RAISED)
    assert "SyntaxError: invalid syntax in line 3" in of_a_text.sentence


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        ((3,), (), "A single number is due, nothing with axes."),
        ((), (3,), "y has shape (), expected (3,)."),
        ((3, 2), (2, 3), "The axes are in another order."),
        ((3, 1), (3,), "An axis too many"),
        ((4, 3), (3,), "Over which axes does it still have to be summed?"),
    ],
)
def test_of_a_wrong_shape_it_is_said_how(got, expected, said):
    assert said in feedback.wrong_shape("y", got, expected).sentence
