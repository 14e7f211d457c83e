"""What may be handed in, and how often."""

from datetime import timedelta

from django.utils import timezone

from courseapp.accounts.models import User
from courseapp.errors import BadSource, TooMany
from courseapp.submissions.models import Bundle, Submission

NOT_UTF8 = "The code is not valid UTF-8. Save the file as plain UTF-8 text and try again."
LOST_BYTES = "\ufffd"  # what Django reads in place of bytes of a form that are not UTF-8
MAX_SOURCE_BYTES = 64 * 1024
MAX_WAITING = 4  # submissions of one student that are queued or running
MAX_PER_MINUTE = {
    Submission.Kind.SUBMIT: 12,
    Submission.Kind.RUN: 30,
    Submission.Kind.FRAGMENT: 30,
    Submission.Kind.RACE: 30,
}
MAX_BUNDLES_WAITING = 2  # of one student
MAX_BUNDLES_PER_MINUTE = 6
WAITING = (Submission.Status.QUEUED, Submission.Status.RUNNING)


def check_source(source: str) -> None:
    """Raise BadSource for code that cannot be stored."""
    if not source.strip():
        raise BadSource("There is no code to grade yet. Write some, then submit.")
    if "\x00" in source:
        raise BadSource("The code holds a NUL byte. Save the file as plain UTF-8 text and try again.")
    if LOST_BYTES in source:
        raise BadSource(NOT_UTF8)
    try:
        size = len(source.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise BadSource(NOT_UTF8) from error
    if size > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // 1024
        raise BadSource(f"The code is {-(-size // 1024)} KiB long; at most {limit} KiB can be graded.")


def check_rate(*, student: User, kind: Submission.Kind) -> None:
    """Raise TooMany when a student hands in faster than anybody reads verdicts."""
    waiting = Submission.objects.filter(student=student, status__in=WAITING).count()
    if waiting >= MAX_WAITING:
        raise TooMany(f"{waiting} of yours are still being graded. Wait for one of them, then try again.")
    recent = Submission.objects.filter(
        student=student, kind=kind, created__gte=timezone.now() - timedelta(minutes=1)
    ).count()
    if recent >= MAX_PER_MINUTE[kind]:
        raise TooMany(f"That was {recent} in a minute. Take a breath and try again in a moment.")


def check_bundles(*, student: User) -> None:
    """Raise TooMany when a student asks for more bundles than anybody opens."""
    asked = Bundle.objects.filter(submission__student=student)
    waiting = asked.filter(status__in=WAITING).count()
    if waiting >= MAX_BUNDLES_WAITING:
        raise TooMany(
            f"{waiting} of your bundles are still being made. Wait for one of them, then try again."
        )
    recent = asked.filter(created__gte=timezone.now() - timedelta(minutes=1)).count()
    if recent >= MAX_BUNDLES_PER_MINUTE:
        raise TooMany(f"That was {recent} bundles in a minute. Take a breath and try again in a moment.")
