"""Zip archives: the same files make the same bytes, and what others packed is read within bounds.

Nothing is ever unpacked to a disk: an archive is a mapping of names to bytes, and a name can lead nowhere.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from grader.errors import ExerciseError

MAX_PACKED = 8 << 20  # bytes of an archive that is read
MAX_FILES = 1_000
MAX_BYTES = 64 << 20  # of all files together, unpacked
NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o100644 << 16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, sorted by name, without times."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = UNIX, READABLE
            archive.writestr(member, data)
    return packed.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files of an archive. Raises ExerciseError if it is none, or breaks a bound."""
    if len(packed) > MAX_PACKED:
        raise ExerciseError(f"expected an archive of at most {MAX_PACKED >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return _members(archive)
    except BROKEN as error:
        raise ExerciseError(f"expected a zip archive that can be read: {error}") from error


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MAX_FILES:
        raise ExerciseError(f"expected an archive of at most {MAX_FILES} files, got {len(members)}")
    files: dict[str, bytes] = {}
    room = MAX_BYTES
    for member in members:
        name = member.filename
        if not NAME.fullmatch(name) or ".." in name.split("/") or name in files:
            raise ExerciseError(f"expected names of files, each once, got {name[:80]!r}")
        with archive.open(member) as file:
            files[name] = file.read(room + 1)  # what the directory says of sizes could be a lie
        room -= len(files[name])
        if room < 0:
            raise ExerciseError(f"expected an archive of at most {MAX_BYTES >> 20} MB, unpacked")
    return files
