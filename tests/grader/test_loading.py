"""An exercise loads, or the error says which file and key to mend and how."""

import re
from pathlib import Path

import pytest

from grader.errors import ExerciseError
from grader.exercise import CheckKind, Declared, Difficulty, EntryKind, Queue, Visibility
from grader.loading import digest, exercise_from_files, load_exercise
from grader.sandbox import Limits, Runtime
from tests.grader.factories import (
    DESCENT,
    ENGINE,
    ENGINE_TOML,
    FORMULA,
    SPLIT,
    SQUARE,
    make_exercise,
    make_files,
)


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)


def refusal(**options) -> str:
    """The sentence with which these files are refused."""
    with pytest.raises(ExerciseError) as refused:
        exercise_from_files(make_files(**options))
    return str(refused.value)


def test_everything_in_the_files_is_in_the_exercise():
    exercise = make_exercise()

    assert (exercise.number, exercise.slug, exercise.title) == (1, "double", "A title")
    assert (exercise.runtime, exercise.queue, exercise.minutes) == (Runtime.NUMPY, Queue.CPU, 5)
    assert exercise.difficulty is Difficulty.MEDIUM
    assert exercise.filename == "double.py"
    assert exercise.max_points == 2
    assert exercise.limits == Limits()
    assert exercise.entry("double").kind is EntryKind.FUNCTION
    assert exercise.checks[0].kind is CheckKind.VALUE
    assert exercise.checks[0].reference == "expected"
    assert exercise.checks[0].visibility is Visibility.ALL
    assert [one.outcome for one in exercise.solutions] == [Declared.ACCEPTED, Declared.WRONG]
    assert exercise.statement == "Do it."
    assert exercise.baseline is None


def test_the_reference_of_a_gradient_is_forward_and_that_of_a_class_its_name():
    assert make_exercise(SQUARE).checks[0].reference == "forward"
    assert make_exercise(DESCENT).checks[0].reference == "Descent"


def test_the_digest_changes_with_every_byte_and_name():
    files = make_files()
    renamed = {
        ("solutions/other.py" if path == "solutions/half.py" else path): text for path, text in files.items()
    }

    assert digest(files) == digest(dict(reversed(files.items())))
    assert digest(files) != digest({**files, "statement.md": "Do it!"})
    assert digest(files) != digest(renamed)


def test_the_files_of_an_exercise_make_it_again():
    exercise = make_exercise()

    assert exercise_from_files(exercise.files) == exercise


def test_a_folder_is_read_as_its_files_are(tmp_path):
    write(tmp_path, make_files())

    assert load_exercise(tmp_path) == make_exercise()


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ExerciseError, match="nowhere: there is no such folder; expected that of an exercise"):
        load_exercise(tmp_path / "nowhere")


def test_a_folder_names_itself_in_the_error(tmp_path):
    (tmp_path / "exercise.toml").write_text("")

    with pytest.raises(ExerciseError, match=rf"^{tmp_path.name}/statement.md: is missing"):
        load_exercise(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    write(tmp_path, make_files())
    (tmp_path / "statement.md").write_bytes(b"\xff\xfe")

    with pytest.raises(ExerciseError, match=r"statement\.md: expected a readable UTF-8 text"):
        load_exercise(tmp_path)


POINTS = "points = 2"
SOLUTION = 'file = "solutions/half.py"'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (POINTS, "points = 'three'", "checks[0].points: expected a whole number of 0 or more, got 'three'"),
        (POINTS, "points = -1", "checks[0].points: expected a whole number of 0 or more, got -1"),
        (POINTS, "points = true", "checks[0].points: expected a whole number of 0 or more, got True"),
        (POINTS, "points = 5000", "checks[0].points: expected at most 1000, got 5000"),
        (POINTS, "points = 2\npoint = 3", "checks[0].point: unknown key here; known are "),
        (POINTS, "", "checks[0].points: is missing"),
        (POINTS, "points = 2\nthreshold = 2.0", "checks[0].threshold: unknown key here"),
        (POINTS, 'points = 2\nvisibility_after = "some"', "checks[0].visibility_after: expected all"),
        (POINTS, 'points = 2\nvisibility = "some"', "checks[0].visibility: expected all | message | name"),
        (POINTS, "points = 2\nlesson = 3", "checks[0].lesson: expected some text, got 3"),
        (POINTS, "points = 2\ncalls = 3", "checks[0].calls: expected a table, got 3"),
        (POINTS, "points = 2\ncalls = { f = {} }", "checks[0].calls.f: expected a parameter of double (x)"),
        (POINTS, "points = 2\ncalls = { x = {} }", "checks[0].calls.x: expected { exactly = n } or"),
        (POINTS, "points = 2\ntolerance = {}", "checks[0].tolerance.reason: is missing"),
        (
            POINTS,
            'points = 2\ntolerance = { reason = "r" }',
            "checks[0].tolerance: expected either factor, or rtol and atol",
        ),
        (
            POINTS,
            'points = 2\ntolerance = { reason = "r", factor = 0 }',
            "checks[0].tolerance.factor: expected a number above 0, got 0",
        ),
        (
            POINTS,
            'points = 2\ntolerance = { reason = "r", rtol = -1.0, atol = 1 }',
            "checks[0].tolerance.rtol: expected a number of 0 or more, got -1.0",
        ),
        (
            'kind = "value"',
            'kind = "values"',
            f"checks[0].kind: expected {' | '.join(CheckKind)}",
        ),
        (
            'kind = "value"',
            'kind = "trajectory"',
            "checks[0].kind: expected value, gradient or time for a function",
        ),
        ('kind = "value"', 'kind = "gradient"', "checks[0].wrt: is missing (in the table of 'Doubled')"),
        (
            'kind = "value"',
            'kind = "gradient"\nwith = ["x"]',
            "checks[0].wrt: is missing ('with' is there) (in the table of 'Doubled')",
        ),
        (
            'parameters = ["x"]',
            'parameters = ["y"]',
            "entries[0].parameters: expected those of the signature, (x), got ['y']",
        ),
        (
            'signature = "double(x) -> y"\nparameters = ["x"]\nreturns = ["y"]',
            'signature = "double(x) -> (y, z)"\nparameters = ["x"]\nreturns = ["z", "y"]',
            "entries[0].returns: expected those of the signature, (y, z), got ['z', 'y']",
        ),
        (
            'signature = "double(x) -> y"',
            'signature = "double x -> y"',
            "entries[0].signature: expected a name with its parameters, such as f(x, y) -> z, got 'double x",
        ),
        (
            'kind = "value"',
            'kind = "gradient"\nwrt = ["x", "b"]\nupstream = "x"',
            "checks[0].wrt: expected one name for each of returns (y), got ['x', 'b']",
        ),
        (
            'kind = "value"',
            'kind = "gradient"\nwrt = ["x"]\nupstream = "dy"',
            "checks[0].upstream: expected a parameter of double (x), got 'dy'",
        ),
        (
            'kind = "value"',
            'kind = "time"\nthreshold = 2.0',
            "checks[0].kind: expected a baseline.py beside exercise.toml",
        ),
        (
            'kind = "value"',
            'kind = "time"\nthreshold = 1',
            "checks[0].threshold: expected a number above 1, got 1",
        ),
        (
            'entry = "double"',
            'entry = "triple"',
            "checks[0].entry: expected the name of an entry (double), got 'triple'",
        ),
        (
            'kind = "function"',
            'kind = "method"',
            "entries[0].kind: expected function | class | formula, got 'method'",
        ),
        (
            'parameters = ["x"]',
            'parameters = ["x", "x"]',
            "entries[0].parameters: expected a list of different",
        ),
        (
            'parameters = ["x"]',
            "parameters = 'x'",
            "entries[0].parameters: expected a list of texts, got 'x'",
        ),
        ('returns = ["y"]', "returns = []", "entries[0].returns: expected at least one name"),
        ('returns = ["y"]', 'returns = ["y"]\nmethods = ["m"]', "entries[0].methods: unknown key here"),
        ('slug = "double"', 'slug = "a-b"', "slug: expected a Python name, got 'a-b'"),
        ('title = "A title"', 'title = " "', "title: expected some text, got ' '"),
        ('queue = "cpu"', 'queue = "gpu"', 'queue = "gpu" expects runtime = "torch", got "numpy"'),
        ('runtime = "numpy"', 'runtime = "jax"', "runtime: expected numpy | torch, got 'jax'"),
        ('queue = "cpu"', 'queue = "tpu"', "queue: expected cpu | gpu, got 'tpu'"),
        (
            "minutes = 5",
            'minutes = 5\ndifficulty = "steep"',
            "difficulty: expected easy | medium | hard, got 'steep'",
        ),
        ("minutes = 5", "minutes = 0", "minutes: expected a whole number of 1 or more, got 0"),
        ("minutes = 5", "minutes = 5\nhints = [3]", "hints: expected a list of texts, got [3]"),
        ("minutes = 5", "minutes = 5\ncolour = 1", "colour: unknown key here"),
        (
            "minutes = 5",
            "minutes = 5\n[limits]\ncpu = 3",
            "limits.cpu: expected one of the limits cpu_s, wall_s",
        ),
        ("minutes = 5", "minutes = 5\n[limits]\ncpu_s = 0", "limits.cpu_s: expected a number above 0, got 0"),
        ("minutes = 5", "minutes = 5\nsolutions = 3", "expected valid TOML"),
        ("minutes = 5", "minutes =", "exercise.toml: expected valid TOML"),
        (
            SOLUTION,
            'file = "solutions/none.py"',
            "solutions[1].file: expected a file in solutions/ that exists",
        ),
        (
            SOLUTION,
            'file = "solutions/right.py"',
            "solutions: expected a [[solutions]] or [[variants]] table for solutions/half.py",
        ),
        (
            'fails = "Doubled"',
            'fails = "Other"',
            "solutions[1].fails: expected the name of a check, got 'Other'",
        ),
        ('fails = "Doubled"', "", "solutions[1].fails: is missing"),
        ('hint = "Multiply."', "", "solutions[1].hint: is missing"),
        (
            'outcome = "accepted"',
            'outcome = "good"',
            "solutions[0].outcome: expected accepted | wrong, got 'good'",
        ),
        ('outcome = "accepted"', 'outcome = "accepted"\nhint = "h"', "solutions[0].hint: unknown key here"),
        (
            "arguments = { x = [1.0, 2.0] }",
            "arguments = {}",
            "examples[0].arguments: expected a value for x, got []",
        ),
        ("arguments = { x = [1.0, 2.0] }", "arguments = 3", "examples[0].arguments: expected a table, got 3"),
    ],
)
def test_the_error_names_file_key_and_what_was_expected(old, new, sentence):
    refused = refusal(replace=(old, new))

    assert refused.startswith("exercise.toml: ")
    assert sentence in refused


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["add", "mul", "getitem"]', '["add", "concat"]', "expected names out of add, sub"),
        ('["add", "mul", "getitem"]', '["add"], seed = 1', "engine.seed: unknown key here"),
        ('kind = "program"', 'kind = "trajectory"', "program for an engine, got 'trajectory'"),
        ("engine = ", "motor = ", "entries[0].motor: unknown key here"),
        ('engine = { operators = ["add", "mul", "getitem"] }', "", "expected an entry with an engine table"),
    ],
)
def test_an_engine_and_its_checks_belong_together(old, new, sentence):
    assert sentence in refusal(parts=ENGINE, replace=(old, new))


def test_an_example_of_an_engine_is_a_program():
    example = '[[examples]]\nentry = "Value"\narguments = { params = [], steps = [] }\n'

    assert "expected leaves, nodes" in refusal(parts=(ENGINE[0], ENGINE_TOML + example, ENGINE[2]))


LOSS = 'kind = "training"\nloss = 0.1\ntarget = "t"'


def test_growth_is_of_time_unless_it_says_otherwise():
    growth = "{ sizes = [1, 2, 4], at_most = 1.5 }"
    check = make_exercise(replace=('kind = "value"', f'kind = "complexity"\ngrowth = {growth}')).checks[0]

    assert check.growth.of_time
    assert (check.growth.sizes, check.growth.at_most) == ((1, 2, 4), 1.5)


def test_a_loss_is_the_reference_of_training():
    check = make_exercise(replace=('kind = "value"', LOSS)).checks[0]

    assert (check.reference, check.loss, check.target) == ("loss", 0.1, "t")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ('kind = "complexity"', "growth.sizes: is missing"),
        (
            'kind = "complexity"\ngrowth = { sizes = [1, 2], at_most = 1 }',
            "expected 3 sizes or more, growing",
        ),
        (
            'kind = "complexity"\ngrowth = { sizes = [1, 2, 2], at_most = 1 }',
            "expected 3 sizes or more, growing",
        ),
        ('kind = "complexity"\ngrowth = { sizes = [0, 1, 2], at_most = 1 }', "whole numbers of 1 or more"),
        ('kind = "complexity"\ngrowth = { sizes = [1, 2, 3] }', "growth.at_most: is missing"),
        (
            'kind = "complexity"\ngrowth = { of = "f", sizes = [1, 2, 3], at_most = 1 }',
            "time, or a parameter",
        ),
        ('kind = "value"\ngrowth = { sizes = [1, 2, 3], at_most = 1 }', "growth: unknown key here"),
        (
            'kind = "memory"\nthreshold = 2.0',
            "a baseline.py beside exercise.toml, which memory is compared with",
        ),
        ('kind = "memory"', "threshold: is missing"),
        ('kind = "training"', "loss: is missing"),
        ('kind = "training"\nloss = 0.1', "target: is missing"),
        ('kind = "training"\nloss = 0.0\ntarget = "t"', "loss: expected a number above 0"),
    ],
)
def test_a_check_that_measures_says_what_and_how_much(table, sentence):
    assert sentence in refusal(replace=('kind = "value"', table))


def test_memory_and_training_are_of_functions():
    assert "expected an entry that is a function" in refusal(
        parts=DESCENT, replace=('kind = "trajectory"', LOSS)
    )


def test_two_checks_may_not_share_a_name():
    again = 'name = "Doubled"\nkind = "value"\nentry = "double"\ngroup = "any"\npoints = 2'
    toml = f"[[checks]]\n{again}\n\n[[checks]]"

    assert "checks[1].name: 'Doubled' is taken" in refusal(replace=("[[checks]]", toml))


def test_an_exercise_needs_entries_and_checks():
    assert "entries: expected at least one [[entries]] table" in refusal(parts=("empty", "", ""))


def test_a_solution_may_be_declared_once():
    toml = '[[solutions]]\nfile = "solutions/right.py"\noutcome = "accepted"\n\n[[solutions]]'

    assert "solutions/right.py is declared more than once" in refusal(replace=("[[solutions]]", toml))


def test_a_function_that_an_entry_calls_has_a_signature_of_its_own():
    toml = ('"double(x) -> y"', '"twice(root) -> list of values, called by double(x)"')
    assert make_exercise(replace=toml).entries[0].parameters == ("x",)


def test_an_empty_statement_is_refused():
    with pytest.raises(ExerciseError, match=r"^statement\.md: expected some text, and it is empty"):
        make_exercise(statement=" \n")


@pytest.mark.parametrize("name", ["statement", "starter", "reference"])
def test_a_missing_file_is_named(name):
    assert refusal(**{name: None}).endswith("is missing from the exercise's folder")


def test_a_file_that_no_exercise_has_is_named():
    with pytest.raises(ExerciseError, match=r"^\.\./evil\.py: unknown file"):
        exercise_from_files({**make_files(), "../evil.py": ""})


@pytest.mark.parametrize("name", ["notes.md", "solution/right.py", "solutions/notes.md", "equivalent.toml"])
def test_a_file_that_would_be_overlooked_is_named(tmp_path, name):
    write(tmp_path, {**make_files(), name: "-"})

    with pytest.raises(
        ExerciseError, match=f"{re.escape(name)}: unknown file; an exercise has exercise.toml"
    ):
        load_exercise(tmp_path)


def test_what_editors_and_python_leave_behind_is_no_part_of_an_exercise(tmp_path):
    left = [".DS_Store", "solutions/.right.py.swp", "solutions/right.py~", "solutions/__pycache__/right.pyc"]
    write(tmp_path, {**make_files(), **dict.fromkeys(left, "-")})

    assert load_exercise(tmp_path) == make_exercise()


def test_a_table_is_named_as_its_author_knows_it():
    assert refusal(replace=('fails = "Doubled"', 'fails = "Trebled"')).endswith(
        "got 'Trebled' (in the table of 'solutions/half.py')"
    )
    assert refusal(replace=('hint = "Multiply."', "")).endswith(
        "hint: is missing (in the table of 'solutions/half.py')"
    )
    assert refusal(replace=("points = 2", "points = 2\ntolerance = { factor = 2 }")).endswith(
        "tolerance.reason: is missing (in the table of 'Doubled')"
    )


def test_a_backslash_in_a_text_comes_with_its_cure():
    assert refusal(replace=('"A summary."', '"$\\lVert x$"')).endswith("a backslash is written twice")


def test_a_link_into_the_lesson_begins_with_its_mark():
    assert "lesson: expected an anchor that begins with" in refusal(
        replace=("points = 2", 'points = 2\nlesson = "doubling"')
    )


def test_author_code_that_does_not_parse_is_named_and_never_run():
    assert refusal(reference="\ndef (").startswith("reference.py: expected valid Python")
    assert refusal(reference="\ndef (").endswith(" in line 2")
    assert refusal(baseline="def (").startswith("baseline.py: expected valid Python")


def test_a_file_beyond_the_limit_is_refused():
    assert "statement.md: expected a text of at most" in refusal(statement="x" * 300_000)


@pytest.mark.parametrize(
    ("replace", "words"),
    [
        (
            ('name = "cube\'"\nkind = "formula"', 'name = "2\'"\nkind = "formula"'),
            "a Python name that primes may follow",
        ),
        (
            ('"formula"\nentry = "area"', '"value"\nentry = "area"'),
            "formula for a formula, and for nothing else",
        ),
        (('wrt = ["x"]\npoints', 'wrt = ["y"]\npoints'), "a variable of cube' (x)"),
        (('kind = "formula"\nsignature = "area', 'kind = "class"\nsignature = "area'), "formulas only"),
    ],
)
def test_a_formula_that_does_not_fit_is_refused(replace, words):
    assert words in refusal(parts=FORMULA, replace=replace)


def test_formulas_stand_in_text_files_and_programs_in_python_files():
    files = make_files(FORMULA)
    with pytest.raises(ExerciseError, match=r"^starter\.txt: is missing"):
        exercise_from_files({**{k: v for k, v in files.items() if k != "starter.txt"}, "starter.py": "..."})
    with pytest.raises(ExerciseError, match=r"^solutions/extra\.py: unknown file"):
        exercise_from_files({**files, "solutions/extra.py": "..."})
    with pytest.raises(ExerciseError, match=r"^solutions/extra\.txt: unknown file"):
        exercise_from_files({**make_files(), "solutions/extra.txt": "..."})


@pytest.mark.parametrize(
    ("replace", "words"),
    [
        (("at_most = 1e-9\n", ""), "residuals[0]: expected either at_most or at_least"),
        (("at_most = 1e-9\n", "at_most = 1e-9\nat_least = 0.1\n"), "either at_most or at_least"),
        (('a = { kind = "float" }, ', ""), "result.a"),
        (('a = { kind = "float" }', 'a = { kind = "array", shape = ["n"] }'), "parameters of split (x)"),
        (('a = { kind = "float" }', 'a = { kind = "array", shape = [-1] }'), "parameters of split (x)"),
        (('a = { kind = "float" }', 'a = { kind = "nested", depth = 99 }'), "depth: expected at most 12"),
        (('kind = "property"', 'kind = "property"\nwrt = ["x"]'), "unknown key"),
        (('kind = "property"', 'kind = "property"\nseeded = true'), "an entry with a parameter named rng"),
    ],
)
def test_a_property_that_is_not_whole_is_refused(replace, words):
    assert words in refusal(parts=SPLIT, replace=replace)
