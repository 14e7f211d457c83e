"""The HTML of everything that plain Markdown does not have. Whatever an author wrote is escaped here."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from courseapp.lessons import figures
from courseapp.lessons.highlight import plain_lines, python_lines

Inline = Callable[[str], str]
Piece = Callable[[Token, Any, Inline], str]

SLOT = "\x00"  # around the places that each reader sees differently; no input can hold it
LONG_FORMULA = 44  # characters of TeX from which a formula in the text may break
SHORT_CODE = 20  # characters up to which code in the text does not break
ONLY_FORMULA = re.compile(r"\s*\$([^$]+)\$\s*")
ARXIV = re.compile(r"\barXiv (\d{4}\.\d{4,5})\b")
SHORT_LISTING = 3  # lines up to which a listing needs no numbers
RUNTIME_NAMES = {"numpy": "NumPy, in the sandbox", "torch": "torch 2.13, in the sandbox"}


def constant(html: str) -> Piece:
    """A piece that is always the same."""
    return lambda _token, _env, _inline: html


# Mathematics


def formula(token: Token, _env: Any, _inline: Inline) -> str:
    """In the text; the browser draws it. What touches it stays on its line."""
    tex = token.content.strip()
    before, after = token.meta.get("before", ""), token.meta.get("after", "")
    if len(tex) > LONG_FORMULA:  # may break, and browsers would break behind it too
        drawn = rf"{tex}\text{{{after}}}" if after else tex
        return f'{escape(before)}<span class="m long">{escape(drawn)}</span>'
    drawn = f'<span class="m">{escape(tex)}</span>'
    touched = f"{escape(before)}{drawn}{escape(after)}"
    return f'<span class="nowrap">{touched}</span>' if before or after else drawn


def spoken(text: str) -> str:
    """How to read out what is nothing but a formula, for readers that see no text in one; or nothing."""
    match = ONLY_FORMULA.fullmatch(text)
    return " ".join(re.sub(r"[\\{}]", " ", match[1]).split()) if match else ""


def header_open(token: Token, _env: Any, _inline: Inline) -> str:
    """The cell above a column; an empty one, at a corner, heads nothing."""
    text = token.meta.get("text", "")
    if words := spoken(text):
        return f'<th><span class="visually-hidden">{escape(words)}</span><span aria-hidden="true">'
    return "<th>" if text else "<td>"


def header_close(token: Token, _env: Any, _inline: Inline) -> str:
    """Its end."""
    text = token.meta.get("text", "")
    if spoken(text):
        return "</span></th>\n"
    return "</th>\n" if text else "</td>\n"


def display(token: Token, _env: Any, _inline: Inline) -> str:
    """On lines of its own."""
    return f'<span class="mm">{escape(token.content.strip())}</span>\n'


def equation(token: Token, env: Any, inline: Inline) -> str:
    """On lines of its own, with its number at the right."""
    number = escape(token.info)
    tex = display(token, env, inline).rstrip()
    return f'<div class="eq" id="eq-{number}">{tex}<span class="eq-n">({number})</span></div>\n'


# Headings and code


def numbered(env: Any, number: int) -> str:
    """The number of a section or a figure: with its unit in front, if it has one."""
    return f"{env['unit']}.{number}" if "unit" in env else str(number)


def heading(token: Token, _env: Any, _inline: Inline) -> str:
    """With its anchor, and its number if it has one."""
    anchor = f' id="{escape(str(token.attrs["id"]))}"' if "id" in token.attrs else ""
    number = f'<span class="sec">{token.meta["number"]}</span>' if "number" in token.meta else ""
    return f"<{token.tag}{anchor}>{number}"


def code(token: Token, _env: Any, _inline: Inline) -> str:
    """In the text; what is short stays on one line, and of what is long each short term."""
    if len(token.content) > SHORT_CODE:
        return f"<code>{' '.join(map(_term, token.content.split(' ')))}</code>"
    kept = ' class="nowrap"' if re.search(r"[\s-]", token.content) else ""
    return f"<code{kept}>{escape(token.content)}</code>"


def _term(text: str) -> str:
    kept = "-" in text and 1 < len(text) <= SHORT_CODE  # a browser would break after the hyphen
    return f'<span class="nowrap">{escape(text)}</span>' if kept else escape(text)


def fence(token: Token, _env: Any, _inline: Inline) -> str:
    """A listing, or a fragment that runs."""
    if token.meta.get("shown"):
        return ""
    source = token.content.rstrip("\n")
    if runs(token):
        runtime = "torch" if "torch" in token.info.split() else "numpy"
        return _fragment(source, runtime, token.meta.get("recorded", ""))
    if token.info.split()[:1] == ["python"]:
        lines = python_lines(source)
        return listing(lines, numbered=len(lines) > SHORT_LISTING)
    return listing(plain_lines(source), numbered=False)


def runs(token: Token) -> bool:
    """Whether it is a fragment that the reader can run."""
    return token.type == "fence" and token.info.split()[:2] == ["python", "run"]


def listing(lines: Sequence[str], *, numbered: bool) -> str:
    """Lines of safe HTML as a listing."""
    kind = "code" if numbered else "code bare-lines"
    items = "\n".join(f"<li><span>{line}</span></li>" for line in lines)
    return f'<div class="{kind}" tabindex="0" role="group" aria-label="Code"><ol>{items}</ol></div>\n'


def _fragment(source: str, runtime: str, recorded: str) -> str:
    hidden = "" if recorded else " hidden"
    return (
        f'<run-fragment class="fragment" data-runtime="{runtime}" data-action="/fragments/run">'
        f"{listing(python_lines(source), numbered=True)}"
        '<div class="bar-run">'
        '<button type="button" class="button" data-run>Run <kbd>Ctrl Enter</kbd></button>'
        '<button type="button" class="button bare" data-edit>Edit</button>'
        f'<span role="status"></span><span class="quiet">{RUNTIME_NAMES[runtime]}</span></div>'
        f'<pre class="output" tabindex="0"{hidden}>{escape(recorded)}</pre></run-fragment>\n'
    )


# Containers


def trouble(token: Token, _env: Any, inline: Inline) -> str:
    """What goes wrong: `::: trouble {#anchor} Title`."""
    match = re.match(r"\{#([a-z0-9-]+)\}\s*", token.info)
    anchor = f' id="{match[1]}"' if match else ""
    title = token.info[match.end() :] if match else token.info
    return f'<div class="trouble"{anchor}><h3>{inline(title or "What goes wrong")}</h3>\n'


def figure(token: Token, env: Any, _inline: Inline) -> str:
    """`::: figure name option=value`, up to where the caption begins."""
    name, *arguments = token.info.split() or [""]
    env["figures"] = number = env.get("figures", 0) + 1
    label = f"Figure {numbered(env, number)}" if "sections" in env else "Figure"
    body = figures.figure(name, dict(argument.partition("=")[::2] for argument in arguments))
    wide = ' class="wide"' if name in figures.WIDE else ""
    return f'<figure{wide} id="figure-{escape(name)}">{body}<figcaption><span class="fig-n">{label}</span>'


def predict(token: Token, env: Any, inline: Inline) -> str:
    """A question with choices; each has its reason, shown when it is chosen."""
    question, items = _items(token.content)
    env["predictions"] = number = env.get("predictions", 0) + 1
    choices, reasons = [], []
    for k, item in enumerate(items, start=1):
        answer, _, why = item.removeprefix("* ").partition(" | ")
        key = f"predict-{number}-{k}"
        label = f' aria-label="{escape(words)}"' if (words := spoken(answer)) else ""
        choices.append(
            f'<label class="choice"><input type="radio" name="predict-{number}" data-why="{key}"{label}>'
            f"<span>{inline(answer.strip())}</span></label>"
        )
        reasons.append(f'<span id="{key}" hidden>{inline(why.strip())}</span>')
    return (
        f'<predict-first><fieldset class="predict"><legend>{inline(question)}</legend>'
        f'<div class="row">{"".join(choices)}</div>{"".join(reasons)}<output></output>'
        "</fieldset></predict-first>\n"
    )


def reading(token: Token, _env: Any, inline: Inline) -> str:
    """Works, each with the reason to read it after a bar; numbers of arXiv lead there."""
    rows = []
    for item in _items(token.content)[1]:
        work, _, why = item.partition(" | ")
        reason = f' <span class="why">{inline(why.strip())}</span>' if why else ""
        found = ARXIV.sub(r'<a href="https://arxiv.org/abs/\1">\g<0></a>', inline(work.strip()))
        rows.append(f"<li>{found}{reason}</li>")
    return f'<ul class="reading">{"".join(rows)}</ul>\n'


def _items(content: str) -> tuple[str, list[str]]:
    """The text before a list, and the list's items with their continuation lines."""
    text: list[str] = []
    items: list[str] = []
    for line in content.split("\n"):
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items and line:
            items[-1] += " " + line.strip()
        elif not items:
            text.append(line)
    return " ".join(text).strip(), items


def slot(kind: str) -> Piece:
    """A place that the page fills for its reader."""
    return lambda token, _env, _inline: f"{SLOT}{kind} {token.info}{SLOT}"


PIECES: dict[str, Piece] = {
    "math_inline": formula,
    "math_inline_double": display,
    "math_block": display,
    "math_block_label": equation,
    "heading_open": heading,
    "code_inline": code,
    "bullet_list_open": constant('<ul class="list">\n'),
    "ordered_list_open": constant('<ol class="list">\n'),
    "table_open": constant(
        '<div class="scroll-x" tabindex="0" role="group" aria-label="Table"><table class="table">\n'
    ),
    "th_open": header_open,
    "th_close": header_close,
    "table_close": constant("</table></div>\n"),
    "fence": fence,
    "side_open": constant('<div class="side" role="note">\n'),
    "side_close": constant("</div>\n"),
    "trouble_open": trouble,
    "trouble_close": constant("</div>\n"),
    "figure_open": figure,
    "figure_close": constant("</figcaption></figure>\n"),
    "raw_predict": predict,
    "raw_reading": reading,
    "raw_exercise": slot("exercise"),
    "raw_exercises": slot("exercises"),
}
