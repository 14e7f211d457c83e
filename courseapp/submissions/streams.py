"""When to look again at a submission: when it is announced to have changed, and every second anyway."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from courseapp.grading.enqueueing import channel
from courseapp.submissions import queries
from courseapp.submissions.queries import Progress

POLL_SECONDS = 1.0
LONGEST_SECONDS = 600.0  # then the browser connects anew

BROKER_AWAY = (RedisError, OSError)


async def follow(submission_id: UUID) -> AsyncIterator[Progress]:
    """The submission now, then after each change, until it is final. Ends by itself after ten minutes."""
    deadline = asyncio.get_running_loop().time() + LONGEST_SECONDS
    async with _announcements(submission_id) as announcements:
        while True:
            progress = await read(submission_id)
            yield progress
            if progress.submission.final or asyncio.get_running_loop().time() > deadline:
                return
            await _nudged(announcements, submission_id)


@sync_to_async
def read(submission_id: UUID) -> Progress:
    """The rows as they are now, without keeping a connection between two looks."""
    try:
        return queries.progress(submission_id)
    finally:
        close_old_connections()


@asynccontextmanager
async def _announcements(submission_id: UUID) -> AsyncIterator[PubSub]:
    """Subscribed before the first look at the row, so that no change falls between the two."""
    retry = Retry(NoBackoff(), 0)  # the clock goes on while the broker is away
    async with Redis.from_url(settings.BROKER_URL, retry=retry, socket_connect_timeout=1) as client:
        announcements = client.pubsub(ignore_subscribe_messages=True)
        try:
            with suppress(*BROKER_AWAY):
                await announcements.subscribe(channel(submission_id))
            yield announcements
        finally:
            with suppress(*BROKER_AWAY):
                await announcements.aclose()  # type: ignore[no-untyped-call]


async def _nudged(announcements: PubSub, submission_id: UUID) -> None:
    """Until the next announcement, or for a second."""
    try:
        if not announcements.subscribed:
            await announcements.subscribe(channel(submission_id))
        await announcements.get_message(timeout=POLL_SECONDS)
    except BROKER_AWAY:
        await asyncio.sleep(POLL_SECONDS)
