"""A lesson's source to what its page shows: front matter, sections, HTML with places for the exercises."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from courseapp.lessons import markdown
from courseapp.lessons.pieces import SLOT

FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
SLOTS = re.compile(f"{SLOT}([a-z]+) ([a-z0-9_-]*){SLOT}")


class LessonError(ValueError):
    """The source of a lesson cannot be read; the message says where and what was expected."""


@dataclass(frozen=True)
class Section:
    """A heading of the second level."""

    number: str
    anchor: str
    title: str  # HTML


@dataclass(frozen=True)
class Part:
    """A stretch of `html`, or a place for one `exercise`'s card, or for the list of all `exercises`."""

    kind: str
    html: str = ""
    slug: str = ""


@dataclass(frozen=True)
class RenderedLesson:
    """A lesson, the same for every reader."""

    title: str
    minutes: int | None
    standfirst: str  # HTML
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]


@lru_cache(maxsize=64)
def render_lesson(source: str, *, unit: int | None) -> RenderedLesson:
    """Render a lesson of the given unit, or a text that belongs to none."""
    front, body = _split(source)
    env: dict[str, Any] = {"sections": []}
    if unit is not None:
        env["unit"] = unit
    html = markdown.to_html(body, env)
    sections = tuple(Section(*section) for section in env["sections"])
    standfirst = markdown.inline(str(front.get("standfirst", "")))
    return RenderedLesson(str(front["title"]), front.get("minutes"), standfirst, sections, _parts(html))


def check_lesson(source: str, *, unit: int | None, slugs: Collection[str]) -> None:
    """Raises LessonError when it cannot be rendered, or has a card of what is not in `slugs`."""
    for part in render_lesson(source, unit=unit).parts:
        if part.kind == "exercise" and part.slug not in slugs:
            there = ", ".join(sorted(slugs)) or "none"
            raise LessonError(
                f"`::: exercise {part.slug}`: there is no such exercise here. There are: {there}."
            )


def _split(source: str) -> tuple[dict[str, Any], str]:
    match = FRONT.match(source)
    if not match:
        raise LessonError("A lesson begins with front matter between two lines of `+++`.")
    try:
        front = tomllib.loads(match[1])
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"The front matter is not TOML: {error}") from error
    if "title" not in front:
        raise LessonError("The front matter has no `title`.")
    return front, source[match.end() :]


def _parts(html: str) -> tuple[Part, ...]:
    pieces = SLOTS.split(html)
    parts = [Part("html", html=pieces[0])]
    for kind, slug, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        parts += [Part(kind, slug=slug), Part("html", html=text)]
    return tuple(part for part in parts if part.kind != "html" or part.html.strip())
