"""The real task, run in this process with the real sandbox and the real judge."""

import pytest

import grader
from courseapp.errors import Refused
from courseapp.exercises import actions as exercises
from courseapp.exercises.models import GateRun
from courseapp.grading import tasks, worker
from courseapp.grading.models import CheckResult, Verdict
from courseapp.submissions.models import Submission
from grader.sandbox import Sandbox
from tests.courseapp.factories import (
    RIGHT,
    WRONG,
    exercise_files,
    make_exercise,
    make_node,
    make_submission,
    make_version,
    on_gpu,
)

pytestmark = pytest.mark.django_db
Status = Submission.Status
BROKEN_REFERENCE = """\
def cases(rng, group):
    return [{"x": 1.0}]


def expected(x):
    raise KeyError(x)
"""


@pytest.fixture(autouse=True)
def worker_sandbox(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's sandbox stands in for the one that a worker opens; it is never closed here."""
    monkeypatch.setattr(worker, "sandbox", lambda: sandbox)
    monkeypatch.setattr(worker, "drop_sandbox", lambda: None)


def graded(**facts: object) -> Submission:
    """A submission, after its task."""
    submission = make_submission(**facts)
    tasks.grade_submission(str(submission.pk))
    return Submission.objects.select_related("verdict").get(pk=submission.pk)


def test_a_right_submission_passes() -> None:
    submission = graded(source=RIGHT)
    assert submission.status == Status.DONE
    verdict = submission.verdict
    assert (verdict.passed, verdict.points, verdict.max_points) == (True, 3, 3)
    assert verdict.data["outcome"] == "passed"
    assert verdict.data["digest"] == submission.version.digest
    assert verdict.seed == str(verdict.data["seed"])


def test_a_wrong_submission_fails_with_its_misconception_named() -> None:
    verdict = graded(source=WRONG).verdict
    assert not verdict.passed
    first = verdict.data["checks"][0]
    assert first["outcome"] == "mismatch"
    assert first["evidence"]["diagnosis"]["name"] == "Squared"


def test_what_a_check_hides_is_not_stored_for_pages_to_leak() -> None:
    hidden = graded(source=WRONG).verdict.data["checks"][1]
    assert hidden["outcome"] == "mismatch"
    assert (hidden["sentence"], hidden["evidence"]) == ("", {})


def test_a_run_shows_the_examples_and_gives_no_points() -> None:
    submission = graded(kind="run", source=RIGHT)
    assert submission.status == Status.DONE
    assert submission.verdict.max_points == 0
    assert submission.verdict.data["examples"]


def test_a_fragment_runs_without_an_exercise() -> None:
    submission = graded(kind="fragment", source="print(6 * 7)", runtime="numpy")
    assert submission.status == Status.DONE
    assert "42" in submission.verdict.data["stdout"]


def test_grading_twice_yields_one_verdict() -> None:
    submission = graded()
    tasks.grade_submission(str(submission.pk))
    assert Verdict.objects.count() == 1
    assert Submission.objects.get().attempts == 1


def test_checks_are_there_while_the_next_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = grader.grade

    def watched(exercise, source, *, sandbox, on_check):
        def noted(position, result):
            on_check(position, result)
            seen.append([bool(row.data) for row in CheckResult.objects.all()])

        return real(exercise, source, sandbox=sandbox, on_check=noted)

    monkeypatch.setattr(grader, "grade", watched)
    graded()
    assert seen == [[False], [True], [True, False], [True, True]]


def test_a_broken_reference_holds_the_submission_and_flags_the_exercise() -> None:
    exercise = make_exercise(reference=BROKEN_REFERENCE)
    submission = graded(exercise=exercise)
    exercise.refresh_from_db()
    assert submission.status == Status.HELD
    assert "KeyError" in exercise.flagged
    assert not Verdict.objects.exists()


def test_a_held_submission_is_graded_once_the_exercise_is_mended() -> None:
    exercise = make_exercise(reference=BROKEN_REFERENCE)
    submission = graded(exercise=exercise)
    mended = make_version(exercise)
    exercises.publish(version=mended)
    from courseapp.grading.actions import release_held

    release_held(exercise=exercise, version=mended)  # on commit
    tasks.grade_submission(str(submission.pk))
    submission.refresh_from_db()
    assert submission.status == Status.DONE
    assert submission.verdict.passed


@pytest.mark.parametrize("error", [grader.InfrastructureError("the template died"), ValueError("a bug")])
def test_our_failure_is_not_the_student_s(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(grader, "grade", fails)
        submission = graded()
    assert submission.status == Status.QUEUED
    assert str(error) in submission.remark
    tasks.grade_submission(str(submission.pk))
    submission.refresh_from_db()
    assert (submission.status, submission.number) == (Status.DONE, None)
    assert submission.verdict.passed


def test_the_gate_passes_a_sound_exercise() -> None:
    run = exercises.start_gate(version=make_version(make_exercise()), requested_by=None)
    tasks.run_gate(str(run.pk))
    run.refresh_from_db()
    assert run.status == GateRun.Status.PASSED
    assert all(row["ok"] for row in run.report["rows"])


def test_the_gate_finds_a_wrong_solution_that_is_right() -> None:
    version = make_version(make_exercise())
    files = exercise_files() | {"solutions/square.py": RIGHT}
    exercises.edit_draft(version=version, files=files)
    run = exercises.start_gate(version=version, requested_by=None)
    tasks.run_gate(str(run.pk))
    run.refresh_from_db()
    assert run.status == GateRun.Status.FAILED
    bad = [row["program"] for row in run.report["rows"] if not row["ok"]]
    assert any("square" in program for program in bad)


def test_a_gate_whose_worker_died_is_run_again() -> None:
    from courseapp.grading.actions import requeue_lost
    from tests.courseapp.factories import expire_run

    run = exercises.start_gate(version=make_version(make_exercise()), requested_by=None)
    GateRun.take(run.pk)
    expire_run(run)
    assert requeue_lost() == 1
    tasks.run_gate(str(run.pk))
    run.refresh_from_db()
    assert (run.status, run.attempts) == (GateRun.Status.PASSED, 2)


def test_a_node_whose_gpu_fails_leaves_its_queue_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        worker.current_app.control,
        "cancel_consumer",
        lambda queue, destination: left.append((queue, destination)),
    )
    node = make_node(name=worker.node_name(), queues=["cpu", "gpu"], device="Stand-in")
    version = on_gpu(make_version(make_exercise()))
    submission = graded(exercise=version.exercise, version=version, source=RIGHT, queue="gpu")
    assert submission.status == Status.QUEUED
    assert left == [("gpu", [node.name])]
    node.refresh_from_db()
    assert (node.device, node.queues) == ("", ["cpu"])
    assert "no GPU on this node" in node.reason


def test_the_gate_of_an_exercise_for_a_gpu_has_not_passed_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.sandbox.device.find", lambda: "there is no NVIDIA device here")
    version = on_gpu(make_version(make_exercise()))
    run = exercises.start_gate(version=version, requested_by=None)
    tasks.run_gate(str(run.pk))
    run.refresh_from_db()
    assert run.status == GateRun.Status.FAILED
    assert run.remark == "Not tried: on a GPU, for there is no NVIDIA device here; on the processor it was."
    with pytest.raises(Refused, match="Run the gate first"):
        exercises.publish_gated(version=version)
