"""A database with fast passwords, and a broker that keeps its messages in memory."""

from collections.abc import Iterator

import pytest
from django.db import connection
from kombu import Connection

from courseapp.celery import app


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, as in production: SQLite in memory locks its tables between threads."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


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
