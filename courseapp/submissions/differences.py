"""The difference between two submissions, as hunks of lines for `_diff.html`."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from courseapp.lessons.highlight import python_lines

CONTEXT = 2  # unchanged lines shown around a change


@dataclass(frozen=True)
class Line:
    """One line: added, removed or (empty kind) unchanged."""

    kind: str  # add | del | ""
    html: str


def difference(old: str, new: str) -> list[list[Line]]:
    """What changed from old to new, in hunks; empty when nothing did."""
    before, after = python_lines(old.rstrip()), python_lines(new.rstrip())
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        [line for opcode in group for line in _lines(opcode, before, after)]
        for group in matcher.get_grouped_opcodes(CONTEXT)
    ]


def _lines(opcode: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> list[Line]:
    tag, i1, i2, j1, j2 = opcode
    if tag == "equal":
        return [Line("", html) for html in after[j1:j2]]
    return [Line("del", html) for html in before[i1:i2]] + [Line("add", html) for html in after[j1:j2]]
