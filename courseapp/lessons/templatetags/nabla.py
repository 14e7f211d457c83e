"""What the templates of all pages use to write sentences, numbers and times."""

import json
import re
from datetime import datetime
from html import escape

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from courseapp.lessons import markdown

register = template.Library()

SHORT_RESULT = 24  # characters of a result that fit on one line of a phone
CODE_OR_MATH = re.compile(r"`([^`\n]+)`|\$([^$\n]+)\$")


@register.filter
def sentence(text: object) -> SafeString:
    """A sentence from the judge or an author: escaped, with `code` and $mathematics$ and nothing else."""
    parts, end, source = [], 0, str(text or "").replace(" × 10", "\u00a0×\u00a010")  # one number, one line
    for match in CODE_OR_MATH.finditer(source):
        parts.append(escape(source[end : match.start()]))
        code, tex = match.groups()
        parts.append(f"<code>{escape(code)}</code>" if code else f'<span class="m">{escape(tex)}</span>')
        end = match.end()
    return mark_safe("".join(parts) + escape(source[end:]))  # noqa: S308 - every piece was escaped above


@register.filter
def inline(text: object) -> SafeString:
    """A line of the course's markdown."""
    return mark_safe(markdown.inline(str(text or "")))  # noqa: S308 - the renderer escapes


@register.filter
def signature(text: str) -> SafeString:
    """How an entry is called; the arrow stays whole, and a short result stays with it."""
    call, arrow, result = text.partition(" -> ")
    if not arrow:
        return format_html("{}", text)
    if len(result) <= SHORT_RESULT:
        return format_html('{} <span class="nowrap">-&gt; {}</span>', call, result)
    return format_html('{} <span class="nowrap">-&gt;</span> {}', call, result)


@register.filter
def plain(number: float) -> str:
    """A coordinate, without the thousands separators and commas of any locale."""
    return f"{number:g}"


@register.filter
def hours(minutes: int) -> str:
    """A length of time as one says it: to five minutes below an hour, to half an hour above."""
    if minutes < 60:
        return f"about {5 * max(1, round(minutes / 5))} minutes"
    halves = round(minutes / 30)
    number = f"{halves // 2}{'½' if halves % 2 else ''}"
    return f"about {number} hour{'' if number == '1' else 's'}"


@register.filter
def clock(moment: datetime | None, form: str = "H:i:s") -> SafeString:
    """A time of day; the browser puts it into the reader's own time zone."""
    if moment is None:
        return SafeString("")
    text = format_date(timezone.localtime(moment), form)
    return format_html('<time datetime="{}" data-form="{}">{}</time>', moment.isoformat(), form, text)


@register.filter
def data(value: object) -> str:
    """JSON for an attribute; the template escapes it."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


@register.filter
def yesno_kind(kind: str) -> str:
    """What a screen reader is told about a line of a diff."""
    return {"add": "added", "del": "removed"}.get(kind, "")


@register.filter
def bare(field: BoundField) -> SafeString:
    """A field's control without placeholder, tied to its help and its errors."""
    field.field.widget.attrs.pop("placeholder", None)
    attrs: dict[str, str | bool] = {}
    described = [f"{field.id_for_label}_helptext"] if field.help_text else []
    if field.errors:
        attrs["aria-invalid"] = "true"
        described.append(f"{field.id_for_label}_error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)
