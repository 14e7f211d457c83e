"""The command line: what it prints, and how it ends."""

import json
import shutil
import subprocess
import sys
import tomllib

import pytest

from grader import archive, cli
from grader.errors import TemplateDied
from grader.sandbox import device
from tests.grader.at_home import run_at_home
from tests.grader.factories import ON_GPU, make_files


@pytest.fixture(autouse=True)
def one_sandbox(monkeypatch, sandbox):
    """The commands use the session's sandbox, and leave it open."""

    class Shared:
        def __enter__(self):
            return sandbox

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(cli, "Sandbox", Shared)


@pytest.fixture
def folder(tmp_path):
    """An exercise under exercises/, and the working directory above it."""
    home = tmp_path / "exercises" / "01-unit" / "01-double"
    for path, text in make_files().items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)
    return home


def run(*arguments) -> int:
    return cli.main([str(one) for one in arguments])


def test_a_right_solution_ends_with_0(folder, capsys):
    assert run("grade", folder, folder / "solutions/right.py") == 0
    printed = capsys.readouterr().out
    assert "✓ Doubled  (2 of 2)" in printed
    assert "Passed. One check, 2 of 2 points." in printed


def test_a_wrong_solution_ends_with_1_and_says_why(folder, capsys):
    assert run("grade", folder, folder / "solutions/half.py") == 1
    printed = capsys.readouterr().out
    assert "✗ Doubled  (0 of 2)" in printed
    assert "y is wrong: at y[" in printed
    assert "Halved: You divide by two. (on 3 of 3 inputs)" in printed
    assert "Hint: Multiply." in printed


def test_json_is_the_verdict_and_a_seed_repeats_it(folder, capsys):
    run("grade", folder, folder / "solutions/half.py", "--json")
    first = json.loads(capsys.readouterr().out)
    run("grade", folder, folder / "solutions/half.py", "--json", "--seed", first["seed"])
    again = json.loads(capsys.readouterr().out)

    assert first["outcome"] == "failed"
    assert first["checks"] == again["checks"]


def test_a_broken_exercise_ends_with_2(folder, capsys):
    (folder / "reference.py").write_text("import nothing")

    assert run("grade", folder, folder / "solutions/right.py") == 2
    assert "reference.py: raised ModuleNotFoundError" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("exercise", "solution", "sentence"),
    [
        ("nowhere", "solutions/right.py", "there is no such folder; expected that of an exercise"),
        (".", "nothing.py", "nothing.py: expected a file that can be read: No such file"),
        (".", "solutions", "expected a file that can be read: Is a directory"),
    ],
)
def test_a_bad_path_ends_with_2_and_a_sentence(folder, capsys, exercise, solution, sentence):
    assert run("grade", folder / exercise, folder / solution) == 2
    assert sentence in capsys.readouterr().err


def test_a_huge_file_is_refused(folder, capsys):
    huge = folder.parent / "huge.py"
    huge.write_text("#" * 300_000)

    assert run("grade", folder, huge) == 2
    assert "at most 256 KB" in capsys.readouterr().err


def test_a_file_that_is_no_text_does_not_parse(folder):
    binary = folder.parent / "binary.py"
    binary.write_bytes(b"\xff\x00def")

    assert run("grade", folder, binary) == 1


@pytest.mark.parametrize("seed", ["-1", "x", str(2**53)])
def test_a_bad_seed_is_refused(folder, seed):
    with pytest.raises(SystemExit) as ended:
        run("grade", folder, folder / "solutions/right.py", "--seed", seed)

    assert ended.value.code == 2


def test_our_failure_ends_with_3(folder, capsys, monkeypatch):
    def fail(*_, **__):
        raise TemplateDied("the template ended")

    monkeypatch.setattr(cli, "grade", fail)

    assert run("grade", folder, folder / "solutions/right.py") == 3
    assert "our failure, not the solution's: the template ended" in capsys.readouterr().err


def test_the_gate_of_all_exercises_is_open(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder.parents[2])

    assert run("gate") == 0
    assert "The gate is open: 5 of 5 as declared" in capsys.readouterr().out


def test_the_gate_closes_when_a_wrong_solution_is_right(folder, capsys):
    (folder / "solutions/half.py").write_text("def double(x):\n    return 2 * x\n")

    assert run("gate", folder, "--json") == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert [row["program"] for row in report["rows"] if not row["ok"]] == ["solutions/half.py"]


def test_a_gate_without_exercises_ends_with_2(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert run("gate") == 2
    assert "expected folders <unit>/<exercise>" in capsys.readouterr().err


def test_the_judge_imports_neither_torch_nor_django_nor_celery():
    source = "import sys, grader, grader.cli; print({'torch', 'django', 'celery'} & set(sys.modules))"

    printed = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)

    assert printed.stdout == "set()\n"


def test_a_reader_that_has_gone_leaves_no_traceback(sandbox):
    command = f"{sys.executable} -m grader doctor --json | true"

    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=120)

    assert run.stderr == ""


def test_the_gate_with_mutants_prints_the_score(folder, capsys):
    assert run("gate", folder, "--mutation") == 0
    printed = capsys.readouterr().out
    assert "✓ Mutation score 100.0 %, 95 % required: 3 of 3 killed, 0 marked equivalent" in printed
    assert "The gate is open: 5 of 5 as declared" in printed


def test_the_gate_with_mutants_shows_those_that_survive_and_closes(folder, capsys):
    (folder / "reference.py").write_text(
        "import numpy as np\n"
        "def cases(rng, group):\n    return [{'x': np.zeros(2)}]\n"
        "def expected(x):\n    return 2 * x\n"
    )

    assert run("gate", folder, "--mutation") == 1
    printed = capsys.readouterr().out
    assert "✗ solutions/right.py, line 2: x + x became x - x (survived)" in printed
    assert "      - return x + x\n      + return x - x\n" in printed
    assert "✗ Mutation score 0.0 %" in printed


def test_the_gate_prints_what_would_mark_those_that_survive(folder, capsys):
    (folder / "reference.py").write_text(
        "import numpy as np\n"
        "def cases(rng, group):\n    return [{'x': np.zeros(2)}]\n"
        "def expected(x):\n    return 2 * x\n"
    )

    assert run("gate", folder, "--marks") == 1
    printed = capsys.readouterr().out
    tables = printed[printed.index("[[equivalents]]") : printed.index("  The gate")].split("  Small")[0]
    marks = tomllib.loads(tables)["equivalents"]
    assert {one["reason"] for one in marks} == {""}
    assert marks[0] == {
        "file": "solutions/right.py",
        "was": "return x + x",
        "becomes": "return x - x",
        "reason": "",
    }

    (folder / "equivalents.toml").write_text(
        tables.replace('reason = ""', 'reason = "Of zeros both are zero."')
    )
    run("gate", folder, "--marks")
    printed = capsys.readouterr().out
    assert f"{len(marks)} marked equivalent" in printed
    assert "[[equivalents]]" not in printed


def test_a_new_exercise_is_made_and_its_gate_named(folder, capsys):
    (folder.parents[1] / "course.toml").write_text(COURSE)

    assert run("new", folder.parent, "fresh") == 0
    made = folder.parent / "02-fresh"
    assert f"{made}: a small exercise" in (said := capsys.readouterr().out)
    assert said.strip().endswith(f"python -m grader gate {made}")
    assert run("gate", made) == 0


def test_the_gate_refuses_a_number_that_is_taken(folder, capsys):
    (folder.parents[1] / "course.toml").write_text(COURSE)
    shutil.copytree(folder, folder.parent / "02-other")

    assert run("gate", folder) == 2
    assert (
        "01-double/exercise.toml: number: 1 is taken by 01-unit/02-other; 2 is free"
        in capsys.readouterr().err
    )


def test_the_score_is_in_the_json(folder, capsys):
    run("gate", folder, "--mutation", "--json")
    (report,) = json.loads(capsys.readouterr().out)

    assert report["mutation"]["score"] == 1.0
    assert report["mutation"]["killed"] == 3


def test_a_bundle_of_a_failure_repeats_it_at_home(folder, tmp_path, sandbox):
    assert run("grade", folder, folder / "solutions/half.py", "--bundle", tmp_path / "out.zip") == 1

    at_home = run_at_home((tmp_path / "out.zip").read_bytes(), sandbox)

    assert at_home.code == 1
    assert "✗ Doubled" in at_home.printed


def test_a_staff_bundle_reruns_the_verdict(folder, tmp_path, capsys):
    out = tmp_path / "staff.zip"
    assert run("grade", folder, folder / "solutions/half.py", "--staff-bundle", out) == 1
    capsys.readouterr()

    assert run("rerun", out) == 0
    assert "The verdict is the same." in capsys.readouterr().out
    assert run("rerun", out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["same"] is True


def test_a_rerun_that_differs_ends_with_1_and_says_where(folder, tmp_path, capsys):
    out = tmp_path / "staff.zip"
    run("grade", folder, folder / "solutions/half.py", "--staff-bundle", out)
    files = archive.unpack(out.read_bytes())
    told = files["verdict.json"].replace(b'"outcome": "mismatch"', b'"outcome": "passed"')
    out.write_bytes(archive.pack({**files, "verdict.json": told}))

    assert run("rerun", out) == 1
    assert "“Doubled”: outcome was 'passed' and is 'mismatch'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "expected a zip archive that can be read"), (b"no zip", "expected a zip archive")],
)
def test_a_bundle_that_cannot_be_read_ends_with_2(tmp_path, capsys, content, sentence):
    if content is not None:
        (tmp_path / "x.zip").write_bytes(content)

    assert run("rerun", tmp_path / "x.zip") == 2
    assert sentence in capsys.readouterr().err


def test_a_bundle_that_cannot_be_written_ends_with_2(folder, tmp_path, capsys):
    assert run("grade", folder, folder / "solutions/right.py", "--bundle", tmp_path / "no" / "out.zip") == 2
    assert "expected a place to write to" in capsys.readouterr().err


def test_the_gate_says_what_it_could_not_try_and_judges_by_the_rest(folder, capsys, monkeypatch):
    monkeypatch.setattr(device, "find", lambda: "there is no NVIDIA device here")
    on_gpu = folder.parent / "02-on-gpu"
    shutil.copytree(folder, on_gpu)
    manifest = on_gpu / "exercise.toml"
    manifest.write_text(manifest.read_text().replace(*ON_GPU))

    assert run("gate", on_gpu, "--mutation") == 0
    said = capsys.readouterr().out
    assert "Not tried: on a GPU, for there is no NVIDIA device here; on the processor it was\n" in said
    assert "The gate is open, as far as it was tried: 5 of 5 as declared" in said
    assert "Mutation score 100.0 %" in said

    (folder / "solutions/half.py").write_text("def double(x):\n    return 2 * x\n")
    assert run("gate", folder, on_gpu, "--json") == 1
    untried = [one.get("untried", "") for one in json.loads(capsys.readouterr().out)]
    assert [bool(one) for one in untried] == [False, True]


COURSE = 'title = "C"\nabout = "-"\n\n[[units]]\nnumber = 1\nslug = "unit"\ntitle = "Unit"\nabout = "-"\n'


def test_what_a_gate_found_is_stored_and_the_table_is_made_of_it(folder, capsys, monkeypatch):
    root = folder.parents[2]
    (root / "exercises" / "course.toml").write_text(COURSE)
    (root / "docs").mkdir()
    monkeypatch.chdir(root)

    assert run("gate", folder, "--mutation", "--record") == 0
    made = (root / "docs" / "course.md").read_text()
    assert "| 1 Unit | 1 A title | `double(x) -> y` | 2 | 5 |" in made
    assert " 1 of 1 | 100.0 | open | " in made

    (folder / "exercise.toml").write_text(
        (folder / "exercise.toml").read_text().replace('title = "A title"', 'title = "Another"')
    )
    assert run("table") == 0
    assert (root / "docs" / "course.md").read_text() == made.replace("1 A title", "1 Another")


def test_the_gate_of_a_broken_exercise_ends_with_2_and_tries_no_mutant(folder, capsys):
    (folder / "reference.py").write_text("def cases(rng, group):\n    return 1 / 0\n")

    assert run("gate", folder, "--mutation") == 2
    printed = capsys.readouterr().out
    assert printed.count("ZeroDivisionError") == 1
    assert "The exercise itself is broken" in printed
    assert "Mutation" not in printed


def test_the_gate_of_a_unit_is_that_of_its_exercises(folder, capsys):
    shutil.copytree(folder, folder.parent / "02-other")

    assert run("gate", folder.parent, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_the_gate_refuses_a_link_that_does_not_arrive(folder, capsys):
    manifest = folder / "exercise.toml"
    manifest.write_text(manifest.read_text().replace("points = 2", 'points = 2\nlesson = "#there"'))
    lesson = folder.parent / "lesson.md"

    lesson.write_text("## A heading {#elsewhere}\n")
    assert run("gate", folder) == 2
    assert "expected an anchor of 01-unit/lesson.md, got '#there'" in capsys.readouterr().err
    lesson.write_text("## A heading {#there}\n")
    assert run("gate", folder) == 0


def test_the_gate_says_how_many_counterexamples_are_small(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder.parents[2])
    (folder / "baseline.py").write_text("def double(x):\n    return x + x\n")
    other = folder.parent / "02-other"
    shutil.copytree(folder, other)

    assert run("gate", folder, other) == 0
    printed = capsys.readouterr().out
    assert "✓ solutions/half.py: mismatch at “Doubled”  (axis 1)" in printed
    assert "Small counterexamples (axes to 3, 3 steps, 5 nodes): 1 of 1, 100 %, 80 % wanted" in printed
    assert printed.endswith(
        "Small counterexamples (axes to 3, 3 steps, 5 nodes): 2 of 2, 100 %, 80 % wanted\n"
    )
