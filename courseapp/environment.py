"""What the environment says, with secrets that may come as files."""

import secrets
from pathlib import Path

import environ

env = environ.Env()


def secret(name: str, default: str | None = None) -> str | None:
    """The variable `name`, or the contents of the file that `name_FILE` points to."""
    if path := env.str(f"{name}_FILE", default=""):
        return Path(path).read_text(encoding="utf-8").strip()
    return env.str(name, default=default)


def kept_secret(path: Path) -> str:
    """A random key, made once and kept in a file that only its owner reads; where none was given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
