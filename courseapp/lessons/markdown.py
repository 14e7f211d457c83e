"""Markdown as the course writes it, to HTML that is safe to show.

Raw HTML is off, so everything an author writes is escaped; the only markup is what the rules below produce. The
conventions are those of docs/authoring.md: `$...$`, `$$...$$ (3.1)`, `## Title {#anchor}`, fenced code, `:::` containers.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from functools import cache
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from courseapp.lessons import figures
from courseapp.lessons.highlight import plain_lines, python_lines

ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
NESTING = ("side", "trouble", "figure")
OPENING = re.compile(r"^:{3,}\s*(side|trouble|figure|predict|reading|exercises|exercise)\b(.*)$")
CLOSING = re.compile(r"^:{3,}\s*$")
LONG_FORMULA = 44  # characters of TeX from which a formula in the text may break
SLOT = "\x00"  # around the places that each reader sees differently; no input can hold it

Tokens = Sequence[Token]


@cache
def parser() -> MarkdownIt:
    """The parser with all of the course's conventions."""
    md = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
    md.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)
    md.use(deflist_plugin)
    md.block.ruler.before("fence", "container", _container, {"alt": ["paragraph", "list", "blockquote"]})
    md.core.ruler.push("headings", _headings)
    for rule in RULES:
        md.add_render_rule(rule, RULES[rule])
    return md


def to_html(source: str, env: dict[str, object] | None = None) -> str:
    """A whole text. With `unit` and an empty list `sections` in env, its headings are numbered and listed there."""
    return parser().render(source, {} if env is None else env)


def inline(source: str) -> str:
    """One line: code, mathematics, emphasis and links."""
    return parser().renderInline(source)


# Tokens ---------------------------------------------------------------------------------------------------------


def _headings(state: object) -> None:
    """Take `{#anchor}` off the headings and number those of the second level by the unit: 3.1, 3.2."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    env = state.env  # type: ignore[attr-defined]
    numbers = count(1)
    for token, text in zip(tokens, tokens[1:], strict=False):
        if token.type != "heading_open":
            continue
        anchor = _take_anchor(text)
        if anchor:
            token.attrSet("id", anchor)
        if token.tag == "h2" and "unit" in env:
            number = f"{env['unit']}.{next(numbers)}"
            token.meta["number"] = number
            env["sections"].append((number, anchor or "", parser().renderInline(text.content)))


def _take_anchor(text: Token) -> str | None:
    match = ANCHOR.search(text.content)
    if not match:
        return None
    text.content = text.content[: match.start()]
    last = text.children[-1] if text.children else None
    if last is not None:
        last.content = ANCHOR.sub("", last.content)
    return match[1]


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name argument` up to its `:::`. Containers nest; some keep their lines for a rule that reads them itself."""
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


# Rendering ------------------------------------------------------------------------------------------------------


def _math(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    tex = tokens[i].content.strip()
    return f'<span class="m{" long" if len(tex) > LONG_FORMULA else ""}">{escape(tex)}</span>'


def _display(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return f'<span class="mm">{escape(tokens[i].content.strip())}</span>\n'


def _equation(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    number = escape(tokens[i].info)
    tex = escape(tokens[i].content.strip())
    return (
        f'<div class="eq" id="eq-{number}"><span class="mm">{tex}</span><span class="eq-n">({number})</span></div>\n'
    )


def _heading_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    opening = self.renderToken(tokens, i, options, env)
    number = tokens[i].meta.get("number")
    return f'{opening}<span class="sec">{number}</span>' if number else opening


def _list_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    tokens[i].attrSet("class", "list")
    return self.renderToken(tokens, i, options, env)


def _table_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return '<div class="scroll-x" tabindex="0" role="group" aria-label="Table"><table class="table">\n'


def _table_close(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return "</table></div>\n"


def code_lines(lines: Sequence[str], *, label: str = "Code", numbered: bool = True) -> str:
    """Lines of safe HTML as a listing."""
    kind = "code" if numbered else "code bare-lines"
    items = "\n".join(f"<li><span>{line}</span></li>" for line in lines)
    return f'<div class="{kind}" tabindex="0" role="group" aria-label="{escape(label)}"><ol>{items}</ol></div>'


def _fence(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    language, *words = (tokens[i].info.split() or [""])
    source = tokens[i].content.rstrip("\n")
    if language == "output" and i > 0 and _runs(tokens[i - 1]):
        return ""  # shown by the fragment above it
    if _runs(tokens[i]):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        recorded = after.content if after is not None and after.info.strip() == "output" else ""
        return _fragment(source, runtime="torch" if "torch" in words else "numpy", recorded=recorded)
    lines = python_lines(source) if language == "python" else plain_lines(source)
    return code_lines(lines, numbered=language == "python" and len(lines) > 3) + "\n"


def _runs(token: Token) -> bool:
    return token.type == "fence" and token.info.split()[:2] == ["python", "run"]


RUNTIME_NAMES = {"numpy": "NumPy, float64, in the sandbox", "torch": "torch 2.13, in the sandbox"}


def _fragment(source: str, *, runtime: str, recorded: str) -> str:
    hidden = "" if recorded else " hidden"
    return (
        f'<run-fragment class="fragment" data-runtime="{runtime}" data-action="/fragments/run">'
        f"{code_lines(python_lines(source))}"
        '<div class="bar-run"><button type="button" class="button" data-run>Run <kbd>Ctrl Enter</kbd></button>'
        f'<span role="status"></span><span class="quiet">{RUNTIME_NAMES[runtime]}</span></div>'
        f'<pre class="output" tabindex="0"{hidden}>{escape(recorded)}</pre></run-fragment>\n'
    )


def _side_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return '<div class="side" role="note">\n'


def _trouble_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    rest = tokens[i].info
    match = re.match(r"\{#([a-z0-9-]+)\}\s*", rest)
    anchor = f' id="{match[1]}"' if match else ""
    title = rest[match.end() :] if match else rest
    return f'<div class="trouble"{anchor}><h3>{inline(title or "What goes wrong")}</h3>\n'


def _div_close(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return "</div>\n"


def _figure_open(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    name, *arguments = tokens[i].info.split() or [""]
    env["figures"] = number = env.get("figures", 0) + 1
    label = f"Figure {env['unit']}.{number}" if "unit" in env else "Figure"
    body = figures.figure(name, dict(argument.partition("=")[::2] for argument in arguments))
    wide = ' class="wide"' if name in figures.WIDE else ""
    return f'<figure{wide} id="figure-{escape(name)}">{body}<figcaption><span class="fig-n">{label}</span>'


def _figure_close(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    return "</figcaption></figure>\n"


def _items(content: str) -> tuple[str, list[str]]:
    """The text before a list, and the list's items with their continuation lines."""
    text, items = [], []
    for line in content.split("\n"):
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items and line:
            items[-1] += " " + line.strip()
        elif not items:
            text.append(line)
    return " ".join(text).strip(), items


def _predict(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    question, items = _items(tokens[i].content)
    env["predictions"] = number = env.get("predictions", 0) + 1
    choices, reasons = [], []
    for k, item in enumerate(items, start=1):
        answer, _, why = item.removeprefix("* ").partition(" | ")
        key = f"predict-{number}-{k}"
        choices.append(
            f'<label class="choice"><input type="radio" name="predict-{number}" data-why="{key}">'
            f"<span>{inline(answer.strip())}</span></label>"
        )
        reasons.append(f'<span id="{key}" hidden>{inline(why.strip())}</span>')
    return (
        f'<predict-first><fieldset class="predict"><legend>{inline(question)}</legend>'
        f'<div class="row">{"".join(choices)}</div>{"".join(reasons)}<output></output></fieldset></predict-first>\n'
    )


def _reading(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
    _, items = _items(tokens[i].content)
    rows = []
    for item in items:
        work, _, why = item.partition(" | ")
        reason = f' <span class="why">{inline(why.strip())}</span>' if why else ""
        rows.append(f"<li>{inline(work.strip())}{reason}</li>")
    return f'<ul class="reading">{"".join(rows)}</ul>\n'


def _slot(kind: str) -> Callable[..., str]:
    def render(self: RendererHTML, tokens: Tokens, i: int, options: OptionsDict, env: EnvType) -> str:
        return f"{SLOT}{kind} {tokens[i].info}{SLOT}"

    return render


RULES: dict[str, Callable[..., str]] = {
    "math_inline": _math,
    "math_inline_double": _display,
    "math_block": _display,
    "math_block_label": _equation,
    "heading_open": _heading_open,
    "bullet_list_open": _list_open,
    "ordered_list_open": _list_open,
    "table_open": _table_open,
    "table_close": _table_close,
    "fence": _fence,
    "side_open": _side_open,
    "side_close": _div_close,
    "trouble_open": _trouble_open,
    "trouble_close": _div_close,
    "figure_open": _figure_open,
    "figure_close": _figure_close,
    "raw_predict": _predict,
    "raw_reading": _reading,
    "raw_exercise": _slot("exercise"),
    "raw_exercises": _slot("exercises"),
}
