"""One task's work: claim, let the judge judge, write down what it said."""

import structlog
from django.utils import timezone

import grader
from courseapp.errors import LostClaim
from courseapp.exercises.models import GateRun
from courseapp.grading import actions, worker
from courseapp.grading.lease import Lease
from courseapp.grading.models import Verdict
from courseapp.submissions.models import Submission

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


def run_gate(gate_run_id: int) -> None:
    """Run the gate on a version, and keep the report."""
    if not GateRun.objects.filter(pk=gate_run_id, status=GateRun.Status.QUEUED).update(
        status=GateRun.Status.RUNNING
    ):
        return
    run = GateRun.objects.select_related("version").get(pk=gate_run_id)
    try:
        report = grader.gate(run.version.parsed, sandbox=worker.sandbox())
    except grader.AuthorError as error:
        run.status, run.remark = GateRun.Status.FAILED, str(error)
    except grader.InfrastructureError as error:
        worker.drop_sandbox()
        run.status, run.remark = GateRun.Status.ERROR, f"This is our fault, not the exercise's: {error}"
    else:
        run.status = GateRun.Status.PASSED if report.ok else GateRun.Status.FAILED
        run.report = report.as_dict()
    run.finished = timezone.now()
    run.save(update_fields=["status", "report", "remark", "finished"])


def _grade(submission: Submission) -> None:
    try:
        verdict = _judge(submission)
    except grader.AuthorError as error:
        actions.hold(submission=submission, remark=str(error))
    except grader.InfrastructureError as error:
        worker.drop_sandbox()
        actions.fail(submission=submission, remark=str(error))
    else:
        actions.finish(submission=submission, verdict=verdict)


def _judge(submission: Submission) -> Verdict:
    match submission.kind:
        case Submission.Kind.SUBMIT:
            return _submitted(submission)
        case Submission.Kind.RUN:
            result = grader.run_examples(_exercise(submission), submission.source, sandbox=worker.sandbox())
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
