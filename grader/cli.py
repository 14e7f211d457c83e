"""The command line: argument parsing and exit codes; what is printed is in `report`.

Exit codes: 0 passed, 1 not passed, 2 the exercise or the command is wrong, 3 we failed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from grader import course_table, report, speed
from grader.archive import MAX_PACKED
from grader.course import check_links, check_place, exercise_folders, load_course
from grader.errors import AuthorError, ExerciseError, InfrastructureError
from grader.exercise import Exercise
from grader.gate import gate, unseen
from grader.gate_report import Counterexamples, GateReport
from grader.judge import grade, silent
from grader.loading import MANIFEST, load_exercise
from grader.mutation import mutate, unheard
from grader.reference import SEEDS
from grader.sandbox import Sandbox, bench
from grader.sandbox.doctor import doctor, render
from grader.skeleton import new_exercise
from grader.staff_bundle import read_bundle, rerun, staff_bundle
from grader.student_bundle import student_bundle

PASSED, NOT_PASSED, AUTHOR_ERROR, OUR_ERROR = 0, 1, 2, 3
EXERCISES = Path("exercises")
MAX_SOURCE = 256 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except AuthorError as error:
        print(error, file=sys.stderr)
        return AUTHOR_ERROR
    except InfrastructureError as error:
        print(f"This is our failure, not the solution's: {error}", file=sys.stderr)
        return OUR_ERROR
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return OUR_ERROR
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description="Grades exercises in a sandbox.")
    commands = parser.add_subparsers(
        required=True, metavar="grade | rerun | new | gate | table | doctor | bench"
    )

    one = commands.add_parser("grade", help="grade one solution")
    one.add_argument("exercise", type=Path, help="the folder of an exercise")
    one.add_argument("solution", type=Path, help="the file of a solution")
    one.add_argument("--json", action="store_true", help="print the verdict as JSON, all evidence included")
    one.add_argument("--seed", type=_seed, help="the seed of an earlier verdict, to repeat its inputs")
    one.add_argument("--bundle", type=Path, metavar="OUT.zip", help="write what a student may take home")
    one.add_argument(
        "--staff-bundle", type=Path, metavar="OUT.zip", help="write all that repeats the verdict"
    )
    one.set_defaults(command=_grade)

    again = commands.add_parser("rerun", help="repeat the verdict of a staff bundle, and compare")
    again.add_argument("bundle", type=Path, help="a file that grade --staff-bundle has written")
    again.add_argument("--json", action="store_true", help="print what differs, and the verdict, as JSON")
    again.set_defaults(command=_rerun)

    fresh = commands.add_parser("new", help="make the folder of an exercise that passes its gate, to edit")
    fresh.add_argument("unit", type=Path, help="the folder of its unit")
    fresh.add_argument("slug", help="its name in Python, such as linear_backward")
    fresh.set_defaults(command=_new)

    every = commands.add_parser("gate", help="try every stored solution against its declared outcome")
    every.add_argument(
        "exercises",
        type=Path,
        nargs="*",
        help="folders of exercises or units; all under exercises/ if none is given",
    )
    every.add_argument("--mutation", action="store_true", help="grade every mutant of the right ones, too")
    every.add_argument(
        "--marks",
        action="store_true",
        help="the same, and print for each that survives what would mark it as right",
    )
    every.add_argument(
        "--record",
        action="store_true",
        help=f"store the results in {course_table.RESULTS}, and write the table",
    )
    every.add_argument("--json", action="store_true", help="print the reports as JSON")
    every.set_defaults(command=_gate)

    figures = commands.add_parser(
        "table", help=f"write {course_table.TABLE} from the results that are stored"
    )
    figures.set_defaults(command=_table)

    health = commands.add_parser("doctor", help="show what isolation this machine gives, layer by layer")
    health.add_argument("--json", action="store_true", help="print the report as JSON")
    health.set_defaults(command=_doctor)

    figures = commands.add_parser("bench", help="measure boxes and verdicts, beside cold starts")
    figures.add_argument("--json", action="store_true", help="print the figures as JSON")
    figures.add_argument("--quick", action="store_true", help="few rounds: the figures mean little")
    figures.set_defaults(command=_bench)
    return parser


def _grade(options: argparse.Namespace) -> int:
    exercise, source = load_exercise(options.exercise), _source(options.solution)
    on_check = silent if options.json else report.progress
    with Sandbox() as sandbox:
        verdict = grade(exercise, source, sandbox=sandbox, seed=options.seed, on_check=on_check)
        if options.bundle:
            _write(options.bundle, student_bundle(exercise, source, verdict, sandbox=sandbox))
    if options.staff_bundle:
        _write(options.staff_bundle, staff_bundle(exercise, source, verdict.as_dict(staff=True)))
    if options.json:
        print(json.dumps(verdict.as_dict(staff=True), ensure_ascii=False, indent=1))
    else:
        print(report.ending(verdict))
    return PASSED if verdict.passed else NOT_PASSED


def _rerun(options: argparse.Namespace) -> int:
    bundle = read_bundle(_bytes(options.bundle, most=MAX_PACKED, what="a zip archive"))
    with Sandbox() as sandbox:
        found = rerun(bundle, sandbox=sandbox, on_check=silent if options.json else report.progress)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        print(report.rerun_ending(found))
    return PASSED if found.same else NOT_PASSED


def _new(options: argparse.Namespace) -> int:
    folder = new_exercise(options.unit.resolve(), options.slug)
    print(f"{folder}: a small exercise, for you to edit. Try it with: python -m grader gate {folder}")
    return PASSED


def _gate(options: argparse.Namespace) -> int:
    folders = [one for given in options.exercises for one in _exercises_in(given)] or _all_folders()
    exercises = [load_exercise(folder) for folder in folders]
    for exercise, folder in zip(exercises, folders, strict=True):
        check_links(exercise, folder.resolve())
        check_place(exercise, folder.resolve())
    reports = []
    with Sandbox() as sandbox:
        for exercise in exercises:
            on_row = unseen if options.json else report.gate_row
            if not options.json:
                print(report.title(exercise), flush=True)
            found = gate(exercise, sandbox=sandbox, on_row=on_row)
            mutates = (options.mutation or options.marks) and found.rows and not found.broken
            reports.append(_mutated(exercise, found, sandbox, options) if mutates else found)
            if options.record and found.rows:
                course_table.store(
                    exercise, reports[-1], folder=course_table.RESULTS, today=datetime.now(UTC).date()
                )
            if not options.json:
                print(report.gate_ending(reports[-1]), flush=True)
    if options.record:
        _write_table()
    if options.json:
        print(json.dumps([one.as_dict() for one in reports], ensure_ascii=False, indent=1))
    elif len(reports) > 1:
        print(report.counterexamples(Counterexamples.among(row for one in reports for row in one.rows)))
    if any(one.broken for one in reports):
        return AUTHOR_ERROR
    return PASSED if all(one.as_declared for one in reports) else NOT_PASSED


def _table(_options: argparse.Namespace) -> int:
    _write_table()
    return PASSED


def _write_table() -> None:
    page = course_table.render(load_course(EXERCISES), course_table.stored(course_table.RESULTS))
    _write(course_table.TABLE, page.encode())


def _mutated(
    exercise: Exercise, found: GateReport, sandbox: Sandbox, options: argparse.Namespace
) -> GateReport:
    """The report with that on mutants."""
    mutation = mutate(exercise, sandbox=sandbox, on_trial=unheard if options.json else report.trial)
    if not options.json:
        print(report.mutation_ending(mutation), flush=True)
    if options.marks and not options.json:
        print(report.marks(mutation), flush=True)
    return replace(found, mutation=mutation, seconds=found.seconds + mutation.seconds)


def _doctor(options: argparse.Namespace) -> int:
    found = doctor()
    print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1) if options.json else render(found))
    return PASSED if found.ok else NOT_PASSED


def _bench(options: argparse.Namespace) -> int:
    collected = bench.Collected(bench.Rounds.quick() if options.quick else bench.Rounds())
    bench.measure(collected)
    speed.measure(collected, load_course(EXERCISES).exercises)
    found = collected.found
    print(json.dumps(found.as_dict(), indent=1) if options.json else bench.render(found))
    return PASSED


def _exercises_in(folder: Path) -> list[Path]:
    """The folder of an exercise, or those in the folder of a unit."""
    return sorted(path.parent for path in folder.glob(f"*/{MANIFEST}")) or [folder]


def _all_folders() -> list[Path]:
    folders = exercise_folders(EXERCISES)
    if not folders:
        raise ExerciseError(f"{EXERCISES.resolve()}: expected folders <unit>/<exercise> with an {MANIFEST}")
    return folders


def _source(path: Path) -> str:
    """The student's file as they would paste it; bytes that are no UTF-8 become marks that do not parse."""
    return _bytes(path, most=MAX_SOURCE, what="a file").decode(errors="replace")


def _bytes(path: Path, *, most: int, what: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ExerciseError(f"{path}: expected {what} that can be read: {error.strerror}") from error
    if len(data) > most:
        raise ExerciseError(f"{path}: expected {what} of at most {most // 1024} KB")
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExerciseError(f"{path}: expected a place to write to: {error.strerror}") from error


def _seed(text: str) -> int:
    seed = int(text) if text.isdecimal() else -1
    if not 0 <= seed < SEEDS:
        raise argparse.ArgumentTypeError(f"expected a whole number below {SEEDS}, got {text!r}")
    return seed
