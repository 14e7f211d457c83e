"""A claim is kept alive while its work goes on, and not for ever."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from courseapp.grading.lease import STUCK, Lease
from courseapp.submissions.models import Submission
from tests.courseapp.factories import make_claimed

pytestmark = pytest.mark.django_db(transaction=True)


def soon(submission: Submission) -> None:
    """Its lease is about to run out."""
    end = timezone.now() + timedelta(seconds=0.5)
    Submission.objects.filter(pk=submission.pk).update(lease_until=end)


def test_a_lease_is_renewed_as_long_as_the_work_takes(settings) -> None:
    settings.GRADING_LEASE_SECONDS = 0.6
    submission = make_claimed()
    soon(submission)
    with Lease(submission):
        time.sleep(1.5)
        assert Submission.expired() == []
    time.sleep(0.8)
    assert Submission.expired() == [submission]


def test_a_judge_that_hangs_ends_its_process(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GRADING_LEASE_SECONDS = 0.15
    settings.GRADING_LONGEST_SECONDS = 0.3
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    with Lease(make_claimed()):
        time.sleep(1)
    assert set(ended) == {STUCK}


def test_a_lease_whose_claim_is_lost_is_not_renewed(settings) -> None:
    settings.GRADING_LEASE_SECONDS = 0.15
    submission = make_claimed()
    Submission.objects.filter(pk=submission.pk).update(status="queued", claim=None, lease_until=None)
    with Lease(submission):
        time.sleep(0.4)
    submission.refresh_from_db()
    assert (submission.status, submission.lease_until) == ("queued", None)
