"""`manage.py demo`: a student and an instructor to try the site with, on one's own machine."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from courseapp.accounts.actions import ensure_account

ROLES = ("student", "instructor")


class Command(BaseCommand):
    help = "Make the accounts `student` and `instructor`, and print how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = self._passwords()
        for role in ROLES:
            ensure_account(username=role, password=passwords[role], instructor=role == "instructor")
            self.stdout.write(f"{role:<12}{passwords[role]}")

    def _passwords(self) -> dict[str, str]:
        """Made once for this machine, and kept where only its owner reads them."""
        path = settings.DATA_DIR / "demo.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(json.dumps({role: secrets.token_urlsafe(9) for role in ROLES}), encoding="utf-8")
        passwords: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return passwords
