"""A process says whether it lives, and whether it can serve."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from courseapp import health

pytestmark = pytest.mark.django_db


def test_a_process_that_answers_lives(client: Client) -> None:
    assert client.get("/live").status_code == 200


def test_without_its_broker_it_is_not_ready(client: Client, settings) -> None:
    settings.BROKER_URL = "unix:///nowhere/s"
    reply = client.get("/ready")
    assert reply.status_code == 503
    assert reply.json() == {"database": True, "broker": False}


def test_without_its_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(health, "_broker_answers", lambda: True)
    monkeypatch.setattr(connection, "cursor", away)
    reply = client.get("/ready")
    assert reply.status_code == 503
    assert reply.json() == {"database": False, "broker": True}


def test_with_both_it_is_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_broker_answers", lambda: True)
    assert client.get("/ready").status_code == 200
