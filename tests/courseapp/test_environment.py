"""Secrets come from the environment, from files, or are made once."""

import threading
from pathlib import Path

import pytest

from courseapp.environment import kept_secret, secret


def test_a_secret_may_come_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("NABLA_THING", "from the environment")
    assert secret("NABLA_THING") == "from the environment"
    monkeypatch.setenv("NABLA_THING_FILE", str(tmp_path / "key"))
    assert secret("NABLA_THING") == "from a file"


def test_a_kept_secret_is_made_once_by_whoever_comes_first(tmp_path: Path) -> None:
    path, found = tmp_path / "new" / "key", []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) > 50
    assert path.stat().st_mode & 0o077 == 0
