"""Sign-up is open, guessing is not."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from courseapp.accounts.models import User
from tests.courseapp.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough passphrase"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def sign_up(client: Client, **sent: str) -> int:
    form = {"username": "ada", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(reverse("account_signup"), form | sent).status_code


def test_a_name_and_a_password_are_enough(client: Client) -> None:
    assert sign_up(client) == 302
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == ("ada", False, False)
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"username": "admin"},
        {"username": "ad\x00a"},
        {"username": "<script>"},
        {"password1": "12345678", "password2": "12345678"},
        {"password2": "another one entirely"},
    ],
)
def test_what_is_refused_at_sign_up(client: Client, sent: dict[str, str]) -> None:
    assert sign_up(client, **sent) == 200
    assert not User.objects.exists()


def test_nobody_signs_up_as_staff(client: Client) -> None:
    sign_up(client, is_staff="on", is_superuser="on")
    assert not User.objects.get().is_staff


def test_guessing_a_password_is_slowed_down(client: Client) -> None:
    make_user("ada")
    url = reverse("account_login")
    for _ in range(12):
        reply = client.post(url, {"login": "ada", "password": "wrong"})
    assert reply.status_code == 429 or "Too many" in reply.content.decode()
    client.post(url, {"login": "ada", "password": "correct horse"})
    assert client.get(reverse("account")).status_code == 302


def test_signing_in_leads_nowhere_else(client: Client) -> None:
    make_user("ada")
    form = {"login": "ada", "password": "correct horse", "next": "https://elsewhere.example/"}
    reply = client.post(reverse("account_login"), form)
    assert reply["Location"] == "/"


def test_signing_in_changes_the_session(client: Client) -> None:
    make_user("ada")
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.post(reverse("account_login"), {"login": "ada", "password": "correct horse"})
    assert client.session.session_key != planted
