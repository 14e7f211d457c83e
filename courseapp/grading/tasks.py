"""Thin wrappers: the queue's tasks, each with an id and nothing else."""

from celery import shared_task

from courseapp.grading import actions, grading


@shared_task(name="courseapp.grading.tasks.grade_submission")
def grade_submission(submission_id: str) -> None:
    """Grade a submission, if it still waits."""
    grading.grade_submission(submission_id)


@shared_task(name="courseapp.grading.tasks.run_gate")
def run_gate(gate_run_id: str) -> None:
    """Run the gate on a version."""
    grading.run_gate(gate_run_id)


@shared_task(name="courseapp.grading.tasks.make_bundle")
def make_bundle(bundle_id: str) -> None:
    """Make the bundle of a verdict, if it still waits."""
    grading.make_bundle(bundle_id)


@shared_task(name="courseapp.grading.tasks.requeue_lost")
def requeue_lost() -> None:
    """Bring back submissions whose worker or nudge was lost."""
    actions.requeue_lost()


@shared_task(name="courseapp.grading.tasks.purge_runs")
def purge_runs() -> None:
    """Delete runs that are older than a day."""
    actions.purge_runs()
