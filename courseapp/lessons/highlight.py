"""Python code as HTML lines, set by weight and slant: keywords bold, comments and docstrings italic."""

import keyword
import re
from collections.abc import Iterator
from html import escape

KEYWORDS = frozenset(keyword.kwlist) - {"None", "True", "False"}

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<docstring>^[ \t]*[rRuU]?(?:\"\"\"[\s\S]*?(?:\"\"\"|\Z)|'''[\s\S]*?(?:'''|\Z)))
  | (?P<string>[rRbBuUfF]{0,2}(?:\"\"\"[\s\S]*?(?:\"\"\"|\Z)|'''[\s\S]*?(?:'''|\Z)
      |"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))
  | (?P<word>[A-Za-z_]\w*)
    """,
    re.VERBOSE | re.MULTILINE,
)


def python_lines(source: str) -> list[str]:
    """Each line of the source as safe HTML."""
    return "".join(_marked(source)).split("\n")


def plain_lines(source: str) -> list[str]:
    """Each line escaped, nothing more."""
    return escape(source).split("\n")


def _marked(source: str) -> Iterator[str]:
    end = 0
    for match in TOKEN.finditer(source):
        yield escape(source[end : match.start()])
        yield _token(match.lastgroup, match.group())
        end = match.end()
    yield escape(source[end:])


def _token(kind: str | None, text: str) -> str:
    if kind == "word":
        return f"<b>{text}</b>" if text in KEYWORDS else text
    if kind in ("comment", "docstring"):  # the tag may not span lines
        return "\n".join(f"<i>{escape(line)}</i>" if line else "" for line in text.split("\n"))
    return escape(text)
