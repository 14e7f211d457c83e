"""A site of its own in a folder: a real database file, and processes that work on it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """What a subprocess needs to take part in it."""

    data: Path
    variables: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the tests' own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NABLA_")}
        ours = {"NABLA_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "courseapp.settings"}
        return {**kept, "PYTHONPATH": str(ROOT), **ours, **self.variables}

    def command(self, *arguments: str) -> list[str]:
        """Python with these arguments."""
        return [sys.executable, *arguments]

    def start(self, *arguments: str, log: str = "process", out: int = -1) -> subprocess.Popen[str]:
        """A process in the background; what it prints is piped unless `out` says otherwise."""
        with (self.data / f"{log}.log").open("a") as stderr:
            return subprocess.Popen(
                self.command(*arguments),
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )

    def run(self, *arguments: str) -> str:
        """A process to its end; what it printed."""
        process = subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout

    def shell(self, code: str) -> str:
        """Python with the models at hand; what it printed."""
        return self.run("-c", f"import django; django.setup()\n{code}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read from the database, past Django."""
        with closing(sqlite3.connect(self.data / "nabla.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def log(self, name: str = "process") -> str:
        """The end of a log."""
        path = self.data / f"{name}.log"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""


def new_site(data: Path, **variables: str) -> Site:
    """A site whose database has its tables."""
    site = Site(data, variables)
    site.run("manage.py", "migrate", "--verbosity", "0")
    return site
