"""One task's work: claim, let the judge judge, write down what it said."""

import structlog

import grader
from courseapp.errors import LostClaim
from courseapp.exercises import actions as exercises
from courseapp.exercises.models import GateRun
from courseapp.grading import actions, worker
from courseapp.grading.lease import Lease
from courseapp.grading.models import Verdict
from courseapp.submissions.models import Bundle, Submission

log = structlog.get_logger(__name__)


def grade_submission(submission_id: str) -> None:
    """Grade a submission, if it still waits and nobody else has it."""
    submission = actions.claim(submission_id=submission_id)
    if submission is None:
        log.info("nothing_to_grade", submission=submission_id)
        return
    try:
        with Lease(submission):
            _grade(submission)
    except LostClaim:
        log.warning("claim_lost", submission=submission_id)


def run_gate(gate_run_id: str) -> None:
    """Run the gate on a version, if that still waits, and keep the report."""
    if not GateRun.take(gate_run_id):
        return
    run = GateRun.objects.select_related("version").get(pk=gate_run_id)
    try:
        with Lease(run):
            _gate(run)
    except LostClaim:
        log.warning("claim_lost", gate_run=gate_run_id)


def make_bundle(bundle_id: str) -> None:
    """Make the bundle of a verdict, if it still waits."""
    if not Bundle.take(bundle_id):
        return
    rows = Bundle.objects.defer("archive").select_related("submission__version", "submission__verdict")
    bundle = rows.get(pk=bundle_id)
    try:
        with Lease(bundle):
            _bundle(bundle)
    except LostClaim:
        log.warning("claim_lost", bundle=bundle_id)


def _bundle(bundle: Bundle) -> None:
    submission = bundle.submission
    try:
        archive = grader.make_student_bundle(
            _exercise(submission),
            submission.source,
            grader.Verdict.from_dict(submission.verdict.data),
            sandbox=worker.sandbox(),
        )
    except grader.AuthorError as error:
        actions.refuse_bundle(bundle=bundle, remark=str(error))
    except Exception as error:  # noqa: BLE001 - the row must not wait for its lease; `_fault` logs a bug
        worker.drop_sandbox()
        actions.fail_bundle(bundle=bundle, remark=_fault(error))
    else:
        actions.finish_bundle(bundle=bundle, archive=archive)


def _gate(run: GateRun) -> None:
    try:
        report = grader.gate(run.version.parsed, sandbox=worker.sandbox())
    except grader.AuthorError as error:
        exercises.refuse_gate(run=run, remark=str(error))
    except Exception as error:  # noqa: BLE001 - the row must not wait for its lease; `_fault` logs a bug
        worker.drop_sandbox()
        exercises.fail_gate(run=run, remark=_fault(error))
    else:
        exercises.finish_gate(run=run, report=report)


def _grade(submission: Submission) -> None:
    try:
        verdict = _judge(submission)
    except LostClaim:
        raise
    except grader.AuthorError as error:
        actions.hold(submission=submission, remark=str(error))
    except Exception as error:  # noqa: BLE001 - the row must not wait for its lease; `_fault` logs a bug
        worker.drop_sandbox()
        actions.fail(submission=submission, remark=_fault(error))
        if submission.queue == grader.Queue.GPU:
            worker.examine_device()
    else:
        actions.finish(submission=submission, verdict=verdict)


def _fault(error: Exception) -> str:
    """What to note of a failure of ours: an InfrastructureError foresaw it, anything else is a bug."""
    if not isinstance(error, grader.InfrastructureError):
        log.exception("bug_in_the_judge")
    return f"{type(error).__name__}: {error}"


def _judge(submission: Submission) -> Verdict:
    result: grader.RunResult | grader.RaceResult
    match submission.kind:
        case Submission.Kind.SUBMIT:
            return _submitted(submission)
        case Submission.Kind.RUN:
            result = grader.run_examples(_exercise(submission), submission.source, sandbox=worker.sandbox())
        case Submission.Kind.RACE:
            heat = grader.Heat.from_dict(submission.heat)
            result = grader.race(
                _exercise(submission), submission.source, heat=heat, sandbox=worker.sandbox()
            )
        case _:
            runtime = grader.Runtime(submission.runtime)
            result = grader.run_fragment(submission.source, runtime=runtime, sandbox=worker.sandbox())
    return Verdict(data=result.as_dict(), passed=result.passed, node=worker.node_name())


def _submitted(submission: Submission) -> Verdict:
    def on_check(position: int, result: grader.CheckResult | None) -> None:
        data = result.as_dict() if result else None
        actions.record_check(submission=submission, position=position, data=data)

    verdict = grader.grade(
        _exercise(submission), submission.source, sandbox=worker.sandbox(), on_check=on_check
    )
    return Verdict(
        data=verdict.as_dict(),
        passed=verdict.passed,
        points=verdict.points,
        max_points=verdict.max_points,
        seed=str(verdict.seed),
        node=worker.node_name(),
    )


def _exercise(submission: Submission) -> grader.Exercise:
    if submission.version is None:
        raise grader.AuthorError(f"submission {submission.pk} names no version of an exercise")
    return submission.version.parsed
