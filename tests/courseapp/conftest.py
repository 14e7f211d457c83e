"""A database with fast passwords, and a broker that keeps its messages in memory."""

from collections.abc import Iterator

import pytest
from kombu import Connection

from courseapp.celery import app


@pytest.fixture(autouse=True)
def fast_passwords(settings: pytest.FixtureRequest) -> None:
    """Hashing is slow on purpose; here it would only be slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def memory_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No Valkey: nudges go to a list in memory, announcements to nobody."""
    monkeypatch.setattr(app.conf, "broker_url", "memory://")
    monkeypatch.setattr("courseapp.grading.enqueueing.announce", lambda submission_id: None)
    yield
    with Connection("memory://") as connection, connection.channel() as channel:
        for queue in ("cpu", "gpu", "authoring"):
            channel.queue_declare(queue)
            channel.queue_purge(queue)


@pytest.fixture
def nudges() -> "Nudges":
    """What was sent to the queues."""
    return Nudges()


class Nudges:
    """The broker's queues, as a test reads them."""

    def count(self, queue: str = "cpu") -> int:
        """How many messages wait in this queue."""
        with Connection("memory://") as connection, connection.channel() as channel:
            return channel.queue_declare(queue).message_count
