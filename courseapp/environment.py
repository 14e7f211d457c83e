"""What the environment says, with secrets that may come as files."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import environ

env = environ.Env()


def secret(name: str, default: str | None = None) -> str | None:
    """The variable `name`, or the contents of the file that `name_FILE` points to."""
    if path := env.str(f"{name}_FILE", default=""):
        return Path(path).read_text(encoding="utf-8").strip()
    found: str | None = env.str(name, default=default)
    return found


def kept_secret(path: Path) -> str:
    """A random key, made once and kept in a file that only its owner reads; where none was given."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _link_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _link_once(path: Path, text: str) -> None:
    """Web, worker and beat may all start now: the first file wins, and nobody reads half of one."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent) as file:  # its mode is 0600
        file.write(text)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
