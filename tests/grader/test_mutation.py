"""The mutation score says how many small mistakes in right solutions an exercise notices."""

import json
from dataclasses import replace

import pytest

from grader import mutation
from grader.equivalents import FILE
from grader.errors import AuthorError, TemplateDied
from grader.exercise import Equivalent
from grader.judge import grade
from grader.loading import exercise_from_files
from grader.mutation import Fate, mutate
from tests.grader.factories import APPLY, make_exercise, make_files

MARK = """
[[equivalents]]
file = "solutions/right.py"
was = "{was}"
becomes = "{becomes}"
reason = "A test."
"""
# x + x and its mutants: x - x, x, -(x + x); on inputs of 0 all are right
ZEROS = """
import numpy as np

def cases(rng, group):
    return [{"x": np.zeros(3)}]

def expected(x):
    return 2 * x
"""


def marked(*marks: tuple[str, str], **options):
    files = make_files(**options)
    files[FILE] = "".join(MARK.format(was=was, becomes=becomes) for was, becomes in marks)
    return exercise_from_files(files)


def fates(report):
    return {trial.becomes: trial.fate for trial in report.trials}


def test_every_mutant_of_a_right_solution_is_killed(sandbox):
    report = mutate(make_exercise(), sandbox=sandbox)

    assert fates(report) == dict.fromkeys(["return x - x", "return x", "return -(x + x)"], Fate.KILLED)
    assert report.score == 1.0
    assert report.ok


def test_inputs_that_show_no_mistake_let_mutants_survive(sandbox):
    report = mutate(make_exercise(reference=ZEROS), sandbox=sandbox)

    assert set(fates(report).values()) == {Fate.SURVIVED}
    assert report.score == 0.0
    assert not report.ok


def test_a_mark_takes_a_survivor_out_of_the_score(sandbox):
    report = mutate(marked(("return (x+x)", "return x - x"), reference=ZEROS), sandbox=sandbox)

    assert fates(report)["return x - x"] is Fate.EQUIVALENT
    assert report.counted == 2


def test_a_mark_on_a_mutant_that_is_killed_is_an_error(sandbox):
    report = mutate(marked(("return x + x", "return x")), sandbox=sandbox)

    assert fates(report)["return x"] is Fate.MISMARKED
    assert report.score == 1.0
    assert not report.ok


def test_a_stale_mark_is_an_error(sandbox):
    report = mutate(marked(("return x * 2", "return x")), sandbox=sandbox)

    assert [one.was for one in report.stale] == ["return x * 2"]
    assert not report.ok


def test_the_same_statement_in_two_blocks_is_told_apart(sandbox):
    source = "def double(x):\n    if len(x):\n        return x + x\n    return x + x\n"
    exercise = replace(
        make_exercise(solutions__right=source),
        equivalents=(
            Equivalent(
                file="solutions/right.py",
                within="def double(x):",
                was="return x + x",
                becomes="return x - x",
                reason="No input is empty.",
            ),
        ),
    )

    report = mutate(exercise, sandbox=sandbox)

    found = {(one.line, one.becomes): one.fate for one in report.trials}
    assert found[3, "return x - x"] is Fate.KILLED
    assert found[4, "return x - x"] is Fate.EQUIVALENT
    assert report.stale == ()


def test_a_mutant_that_loops_ends_soon_and_is_killed(sandbox):
    source = "def double(x):\n    k = 0\n    while k < 2:\n        k += 1\n    return k * x\n"

    report = mutate(make_exercise(solutions__right=source), sandbox=sandbox)

    endless = next(one for one in report.trials if (one.was, one.becomes) == ("k += 1", "pass"))
    assert endless.fate is Fate.KILLED
    # which of the two comes first is up to what else the machine does
    assert endless.remark in ("cpu_limit at “Doubled”", "wall_limit at “Doubled”")
    assert report.seconds < 20  # ten seconds of processor time is the limit for a submission


def test_an_exercise_that_breaks_at_a_mutant_has_not_killed_it(sandbox, monkeypatch):
    """That the reference fails says nothing about the mutant."""
    exercise = make_exercise()

    def breaking(graded, source, **options):
        if source == exercise.files["solutions/right.py"]:
            return grade(graded, source, **options)
        raise AuthorError("reference.py: raised")

    monkeypatch.setattr(mutation, "grade", breaking)
    report = mutate(exercise, sandbox=sandbox)

    assert set(fates(report).values()) == {Fate.BROKEN}
    assert report.score == 0.0
    assert not report.ok


def test_our_own_failure_is_no_kill(sandbox, monkeypatch):
    def failing(*_, **__):
        raise TemplateDied("the template ended")

    monkeypatch.setattr(mutation, "grade", failing)

    with pytest.raises(TemplateDied):
        mutate(make_exercise(), sandbox=sandbox)


def test_a_solution_that_does_not_pass_has_no_mutants(sandbox):
    report = mutate(make_exercise(solutions__right="def double(x):\n    return x\n"), sandbox=sandbox)

    assert report.trials == ()
    assert report.failed[0].startswith("solutions/right.py: ")
    assert not report.ok


def test_solutions_that_differ_in_layout_only_are_mutated_once(sandbox):
    alone = mutate(make_exercise(), sandbox=sandbox)

    both = mutate(make_exercise(baseline="def double(x):\n    return (x + x)  # twice\n"), sandbox=sandbox)

    assert {one.file for one in both.trials} == {"baseline.py"}
    assert len(both.trials) == len(alone.trials)


def test_many_mutants_are_thinned_evenly_and_that_is_said(sandbox, monkeypatch):
    monkeypatch.setattr(mutation, "MAX_MUTANTS", 2)

    first = mutate(make_exercise(), sandbox=sandbox)
    again = mutate(make_exercise(), sandbox=sandbox)

    assert [(one.tried, one.of) for one in first.capped] == [(2, 4)]
    assert fates(first).keys() == fates(again).keys()
    assert len(first.trials) == 2


def test_the_same_seed_gives_the_same_fates(sandbox):
    exercise = make_exercise(APPLY, baseline="def apply(f, x):\n    y = f(x)\n    return f(y)\n")

    first = mutate(exercise, sandbox=sandbox, seed=7)
    again = mutate(exercise, sandbox=sandbox, seed=first.seed)

    assert first.trials == again.trials
    assert first.trials


def test_the_report_is_json_and_each_mutant_is_heard_of(sandbox):
    heard = []

    report = mutate(make_exercise(reference=ZEROS), sandbox=sandbox, on_trial=heard.append)

    assert tuple(heard) == report.trials
    told = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert told["score"] == 0.0
    assert told["survived"] == len(told["shown"]) == 3
    assert told["shown"][0]["was"] == "return x + x"
