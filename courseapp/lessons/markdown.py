"""Markdown as the course writes it, to HTML that is safe to show.

Raw HTML is off, so everything an author writes is escaped; the only markup is what `pieces` produces.
The conventions are those of docs/authoring.md.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from courseapp.lessons import pieces

ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
NESTING = ("side", "trouble", "figure")
OPENING = re.compile(r"^:{3,}\s*(side|trouble|figure|predict|reading|exercises|exercise)\b(.*)$")
CLOSING = re.compile(r"^:{3,}\s*$")
BEFORE = re.compile(r"[(\[‘“]+$")  # what touches a formula
AFTER = re.compile(r"^(?:[-’]\w+|[.,;:!?)\]’”])+")


def to_html(source: str, env: dict[str, Any] | None = None) -> str:
    """A whole text. With an empty list `sections` in env its headings are numbered, by `unit`, and listed."""
    return str(parser().render(source, {} if env is None else env))


def inline(source: str) -> str:
    """One line: code, mathematics, emphasis and links."""
    return str(parser().renderInline(source))


@cache
def parser() -> MarkdownIt:
    """The parser with all of the course's conventions."""
    md = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
    md.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)
    md.use(deflist_plugin)
    md.block.ruler.before("fence", "container", _container, {"alt": ["paragraph", "list", "blockquote"]})
    md.core.ruler.push("touching", _touching)
    md.core.ruler.push("headings", _headings)
    md.core.ruler.push("headers", _headers)
    md.core.ruler.push("fragments", _fragments)
    for kind, piece in pieces.PIECES.items():
        md.add_render_rule(kind, _rule(piece))
    return md


def _rule(piece: pieces.Piece) -> Callable[..., str]:
    def rule(_self: RendererHTML, tokens: Sequence[Token], i: int, _options: object, env: Any) -> str:
        return piece(tokens[i], env, inline)

    return rule


# Containers


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name argument` up to its `:::`. Containers nest; some keep their lines for a piece to read."""
    match = OPENING.match(_line(state, start))
    if not match or state.is_code_block(start):
        return False
    if silent:
        return True
    name, argument = match[1], (match[2] or "").strip()
    close = _closing(state, start, end)
    if name in NESTING:
        _nested(state, name, argument, start, close)
    else:
        token = state.push(f"raw_{name}", "", 0)
        token.info = argument
        token.content = "\n".join(_line(state, n) for n in range(start + 1, close))
    state.line = min(close + 1, end)
    return True


def _closing(state: StateBlock, start: int, end: int) -> int:
    depth = 0
    for number in range(start, end):
        line = _line(state, number)
        depth += 1 if OPENING.match(line) else -1 if CLOSING.match(line) else 0
        if depth == 0:
            return number
    return end


def _nested(state: StateBlock, name: str, argument: str, start: int, close: int) -> None:
    state.push(f"{name}_open", "div", 1).info = argument
    last, state.lineMax = state.lineMax, close
    state.md.block.tokenize(state, start + 1, close)
    state.lineMax = last
    state.push(f"{name}_close", "div", -1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


# What touches a formula


def _touching(state: StateCore) -> None:
    """Give a formula the parenthesis before it and the punctuation after it: lines would break there."""
    for token in state.tokens:
        for text, formula in pairwise(token.children or ()):
            if formula.type == "math_inline" and text.type == "text":
                text.content, formula.meta["before"] = _cut(text.content, BEFORE)
        for formula, text in pairwise(token.children or ()):
            if formula.type == "math_inline" and text.type == "text":
                text.content, formula.meta["after"] = _cut(text.content, AFTER)


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The text without what the pattern finds, and that."""
    match = pattern.search(text)
    return (text[: match.start()] + text[match.end() :], match[0]) if match else (text, "")


# Headings and fragments


def _headings(state: StateCore) -> None:
    """Take `{#anchor}` off the headings, and number the second level: 3.1, 3.2 in unit 3, 1, 2 in none."""
    numbers = count(1)
    for token, text in pairwise(state.tokens):
        if token.type != "heading_open":
            continue
        anchor = _take_anchor(text)
        if anchor:
            token.attrSet("id", anchor)
        if token.tag == "h2" and "sections" in state.env:
            token.meta["number"] = pieces.numbered(state.env, next(numbers))
            state.env["sections"].append((token.meta["number"], anchor or "", inline(text.content)))


def _take_anchor(text: Token) -> str | None:
    match = ANCHOR.search(text.content)
    if not match:
        return None
    text.content = text.content[: match.start()]
    if text.children:
        text.children[-1].content = ANCHOR.sub("", text.children[-1].content)
    return match[1]


def _headers(state: StateCore) -> None:
    """Tell the cells above columns what they hold."""
    for opening, text, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type == "th_open":
            opening.meta["text"] = closing.meta["text"] = text.content.strip()


def _fragments(state: StateCore) -> None:
    """Give a fragment that runs the `output` block after it."""
    for token, after in pairwise(state.tokens):
        if pieces.runs(token) and after.type == "fence" and after.info.strip() == "output":
            token.meta["recorded"] = after.content
            after.meta["shown"] = True
