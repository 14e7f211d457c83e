"""What staff take along: everything that a verdict came from, and the verdict; and the same once more.

A seed repeats the inputs, and so every value of a verdict. Times and memory are of the day: they are in the
verdict, and not compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader import archive
from grader.errors import ExerciseError
from grader.exercise import Exercise
from grader.judge import EXHAUSTED, OnCheck, grade, silent
from grader.loading import exercise_from_files
from grader.reference import SEEDS
from grader.sandbox import Sandbox
from grader.verdict import Verdict

ABOUT, SOURCE, VERDICT, FOLDER = "bundle.json", "submission.py", "verdict.json", "exercise/"
FORMAT = 1
MAX_SHOWN = 400  # characters of what a bundle's verdict says


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What a staff bundle holds."""

    exercise: Exercise
    source: str
    seed: int
    verdict: Mapping[str, Any]  # as a dict, as it was


@dataclass(frozen=True, kw_only=True)
class Rerun:
    """A verdict beside the one it repeats."""

    verdict: Verdict
    differences: tuple[str, ...]
    not_compared: tuple[str, ...]  # names of checks that measure

    @property
    def same(self) -> bool:
        """Whether every value that is compared is as it was."""
        return not self.differences

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "same": self.same,
            "differences": list(self.differences),
            "not_compared": list(self.not_compared),
            "verdict": self.verdict.as_dict(staff=True),
        }


def staff_bundle(exercise: Exercise, source: str, verdict: Mapping[str, Any]) -> bytes:
    """A zip archive of the exercise's folder, the submission, the seed and the verdict (a dict for JSON)."""
    about = {"format": FORMAT, "exercise": exercise.slug, "digest": exercise.digest, "seed": verdict["seed"]}
    return archive.pack(
        {
            ABOUT: _json(about),
            SOURCE: source.encode(errors="replace"),
            VERDICT: _json(verdict),
            **{FOLDER + path: text.encode() for path, text in exercise.files.items()},
        }
    )


def read_bundle(packed: bytes) -> Bundle:
    """What an archive holds. Raises ExerciseError if it is no staff bundle, or was changed."""
    files = archive.unpack(packed)
    about, verdict = _read(files, ABOUT), _read(files, VERDICT)
    if about.get("format") != FORMAT:
        raise ExerciseError(f"{ABOUT}: expected format {FORMAT}, got {about.get('format')!r}")
    inside = {name.removeprefix(FOLDER): _text(files, name) for name in files if name.startswith(FOLDER)}
    exercise = exercise_from_files(inside)
    if about.get("digest") != exercise.digest:
        raise ExerciseError(f"{ABOUT}: expected the digest of the exercise in the bundle")
    seed = about.get("seed")
    if type(seed) is not int or not 0 <= seed < SEEDS:
        raise ExerciseError(f"{ABOUT}: seed: expected a whole number below {SEEDS}")
    if not isinstance(verdict.get("checks"), list):
        raise ExerciseError(f"{VERDICT}: checks: expected a list")
    return Bundle(exercise=exercise, source=_text(files, SOURCE), seed=seed, verdict=verdict)


def rerun(bundle: Bundle, *, sandbox: Sandbox, on_check: OnCheck = silent) -> Rerun:
    """Grade the submission again from its seed, and compare."""
    exercise = bundle.exercise
    verdict = grade(exercise, bundle.source, sandbox=sandbox, seed=bundle.seed, on_check=on_check)
    measured = tuple(check.name for check in exercise.checks if check.kind.measured)
    found = _differences(bundle.verdict, _plain(verdict.as_dict(staff=True)), measured)
    return Rerun(verdict=verdict, differences=tuple(found), not_compared=measured)


def _differences(
    before: Mapping[str, Any], now: Mapping[str, Any], measured: tuple[str, ...]
) -> Iterator[str]:
    """In words."""
    then = {str(one.get("name")): one for one in before["checks"] if isinstance(one, dict)}
    for check in now["checks"]:
        name = check["name"]
        if name in then and name not in measured:
            yield from (f"“{name}”: {what}" for what in _changed(then[name], check))
        elif name not in measured:
            yield f"“{name}” is not in the bundle's verdict"


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """What the bundle's verdict does not hold, because it was hidden from a student, is not compared."""
    exhausted = new["outcome"] in EXHAUSTED  # how much of a limit was used is of the day
    for part in ("outcome", "points", "sentence"):
        if part in old and old[part] not in ("", new[part]) and not (exhausted and part == "sentence"):
            yield f"{part} was {str(old[part])[:MAX_SHOWN]!r} and is {str(new[part])!r}"
    evidence = old.get("evidence")
    if exhausted or not isinstance(evidence, dict):
        return
    for part, value in evidence.items():
        if value != new["evidence"].get(part):
            yield f"{part} of the evidence differs"


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """As it is once it has been JSON: tuples are lists."""
    plain: dict[str, Any] = json.loads(json.dumps(told))
    return plain


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode(errors="replace")


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        told = json.loads(_text(files, name))
    except (ValueError, RecursionError) as error:
        raise ExerciseError(f"{name}: expected JSON: {error}") from error
    if not isinstance(told, dict):
        raise ExerciseError(f"{name}: expected an object")
    return told


def _text(files: Mapping[str, bytes], name: str) -> str:
    if name not in files:
        raise ExerciseError(f"{name}: is missing from the bundle")
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        raise ExerciseError(f"{name}: expected UTF-8 text") from error
