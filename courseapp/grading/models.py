"""What the judge said. Only `courseapp.grading.actions` writes these rows."""

from django.db import models

from courseapp.submissions.models import Submission


class CheckResult(models.Model):
    """One check of a grading that is under way, shown as it arrives. `data` is empty while it is measured."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="checks")
    claim = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "claim", "position"], name="one_result_a_check")
        ]

    def __str__(self) -> str:
        return f"Check {self.position} of {self.submission_id}"


class Verdict(models.Model):
    """The end of a grading: exactly one for each submission that was graded."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="verdict")
    data = models.JSONField(help_text="grader.Verdict, or grader.RunResult for runs and fragments, as a dict")
    passed = models.BooleanField()
    points = models.PositiveSmallIntegerField(default=0)
    max_points = models.PositiveSmallIntegerField(default=0)
    seed = models.CharField(max_length=40, blank=True)
    node = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{'Passed' if self.passed else 'Not passed'}, {self.points} of {self.max_points}"
