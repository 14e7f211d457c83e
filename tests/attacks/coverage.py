"""Which threat is tried where, and the table of it that `docs/sandbox.md` holds."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.attacks.corpus import Attack
from tests.attacks.threats import FAMILIES, TESTED, UNTRIED

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"
BEGIN, END = "<!-- attacks: begin -->\n", "<!-- attacks: end -->"


def table(attacks: Iterable[Attack]) -> str:
    """A row for each item of each family, in the order of `threats.py`."""
    attacks = list(attacks)
    lines = ["| threat | tried by |", "|---|---|"]
    for family, items in FAMILIES.items():
        lines.append(f"| **{family.replace('_', ' ')}** | |")
        lines += [f"| {_plain(item)} | {_place(family, item, attacks)} |" for item in items]
    return "\n".join(lines)


def on_the_page() -> str:
    """The table as it stands in the page."""
    return PAGE.read_text().partition(BEGIN)[2].partition(END)[0].strip()


def _plain(item: str) -> str:
    """An item whose underscores and stars are not taken for emphasis."""
    return re.sub(r"([*_|])", r"\\\1", item)


def _place(family: str, item: str, attacks: list[Attack]) -> str:
    files = [
        f"`{attack.path.stem}`" for attack in attacks if attack.family == family and item in attack.items
    ]
    if item in TESTED:
        files.append(f"`{TESTED[item]}`")
    return ", ".join(files) or f"*not tried: {UNTRIED.get(item, 'missing')}*"
