"""When to look again at a submission: when it is announced to have changed, and every second anyway."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import redis.asyncio
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from redis.exceptions import RedisError

from courseapp.grading.enqueueing import channel
from courseapp.submissions import queries
from courseapp.submissions.queries import Progress

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
LONGEST_SECONDS = 600.0  # then the browser connects anew


async def follow(submission_id: UUID) -> AsyncIterator[Progress]:
    """The submission now, then after each change, until it is final. Ends by itself after ten minutes."""
    deadline = asyncio.get_running_loop().time() + LONGEST_SECONDS
    async with _nudges(submission_id) as nudged:
        while True:
            progress = await read(submission_id)
            yield progress
            if progress.submission.final or asyncio.get_running_loop().time() > deadline:
                return
            await nudged()


@sync_to_async
def read(submission_id: UUID) -> Progress:
    """The rows as they are now, without keeping a connection between two looks."""
    try:
        return queries.progress(submission_id)
    finally:
        close_old_connections()


@asynccontextmanager
async def _nudges(submission_id: UUID) -> AsyncIterator:
    """A function that waits for the next nudge, or for a second when the broker is away or silent."""
    client = redis.asyncio.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=1)
    try:
        async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(channel(submission_id))

            async def nudged() -> None:
                try:
                    await pubsub.get_message(timeout=POLL_SECONDS)
                except (RedisError, OSError):
                    await asyncio.sleep(POLL_SECONDS)

            yield nudged
    except (RedisError, OSError) as error:
        log.warning("broker_away", submission=str(submission_id), error=str(error))
        yield lambda: asyncio.sleep(POLL_SECONDS)
    finally:
        await client.aclose()
