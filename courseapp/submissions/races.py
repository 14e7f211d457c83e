"""Races of students' own optimizers: what is sent, who may start, and the panel that the figure reads."""

import json
from collections.abc import Mapping
from typing import Any

import grader
from courseapp.errors import Refused
from courseapp.submissions.models import Submission
from courseapp.submissions.panel import LIVE, Facts, Panel, place

NOT_SIGNED_IN = "Sign in, and your own optimizer can race: pass one of exercises 39 to 42 first."
NONE_PASSED = "Pass one of exercises 39 to 42, and your own optimizer can race here."


def sent_heat(form: Mapping[str, str]) -> grader.Heat:
    """What a form asks to race on. Raises Refused for what makes no sense."""
    try:
        start = (float(form["x"]), float(form["y"]))
        return grader.Heat(
            racer=form["racer"], landscape=form["landscape"], start=start, lr=float(form["lr"])
        )
    except (KeyError, ValueError) as error:
        raise Refused("This race cannot be run. Reload the page and try again.") from error


def entrants_shown(entrants: Mapping[str, Submission], *, signed_in: bool) -> dict[str, Any]:
    """For the figure: the reader's optimizers that may race, in order, and what to do where there is none."""
    numbers = {racer: row.number for racer, row in entrants.items()}
    sentence = "" if numbers else NONE_PASSED if signed_in else NOT_SIGNED_IN
    return {"entrants": numbers, "sentence": sentence}


def race_panel(facts: Facts) -> Panel:
    """One sentence, and the path once it is there."""
    result = facts.verdict
    return Panel(
        id=facts.id,
        kind=facts.kind,
        status=facts.status,
        live=facts.status in LIVE,
        headline="",
        announcement=_announcement(facts),
        run={"path": json.dumps(result["path"] if result else [])},
    )


def _announcement(facts: Facts) -> str:
    if facts.status in ("error", "held"):
        return "It could not be run. That is our fault."
    if facts.status == "queued":
        return "Waiting for a machine that can grade." if facts.nobody else f"Queued, {place(facts.ahead)}."
    return str(facts.verdict["sentence"]) if facts.verdict else "Racing."
