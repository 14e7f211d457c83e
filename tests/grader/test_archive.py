"""Archives are the same for the same files, and hostile ones are refused within bounds."""

import io
import struct
import zipfile

import pytest

from grader import archive
from grader.errors import ExerciseError


def packed(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def test_what_is_packed_is_unpacked():
    files = {"a.txt": b"one", "b/c.json": b"", "b/d.npy": bytes(range(256)) * 100}

    assert archive.unpack(archive.pack(files)) == files


def test_the_same_files_make_the_same_bytes_in_whatever_order():
    files = {"a.txt": b"one", "b/c.json": b"two"}

    assert archive.pack(files) == archive.pack(dict(reversed(files.items())))


@pytest.mark.parametrize(
    "name", ["../out", "/etc/passwd", "a/../../b", "a\\b", "a//b", "folder/", "C:x", "a b", "a\nb"]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(ExerciseError, match="expected names of files"):
        archive.unpack(packed((name, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(ExerciseError, match="each once"):
        archive.unpack(packed(("a", b"1"), ("a", b"2")))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1 << 20)

    with pytest.raises(ExerciseError, match="at most 1 MB, unpacked"):
        archive.unpack(packed(("a", bytes(700_000)), ("b", bytes(700_000))))


def test_a_size_that_lies_does_not_help(monkeypatch):
    """The directory says ten bytes; what is read is still counted."""
    monkeypatch.setattr(archive, "MAX_BYTES", 1 << 20)
    data = bytearray(packed(("a", bytes(2_000_000))))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)

    with pytest.raises(ExerciseError):
        archive.unpack(bytes(data))


def test_too_many_files_are_refused():
    with pytest.raises(ExerciseError, match="at most 1000 files"):
        archive.unpack(packed(*((f"f{i}", b"") for i in range(1001))))


def test_too_large_an_archive_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_PACKED", 100)

    with pytest.raises(ExerciseError, match="expected an archive of at most"):
        archive.unpack(bytes(101))


@pytest.mark.parametrize("spoil", [slice(0, 4), slice(40, 60), slice(-30, -20)])
def test_a_broken_archive_is_refused(spoil):
    data = bytearray(packed(("a.txt", b"some text that is long enough to be spoilt" * 9)))
    data[spoil] = b"\xff" * len(data[spoil])

    with pytest.raises(ExerciseError):
        archive.unpack(bytes(data))


def test_what_is_no_archive_is_refused():
    with pytest.raises(ExerciseError, match="expected a zip archive"):
        archive.unpack(b"not a zip")


def test_an_encrypted_archive_is_refused():
    data = bytearray(packed(("a", b"x")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1

    with pytest.raises(ExerciseError, match="expected a zip archive that can be read"):
        archive.unpack(bytes(data))
