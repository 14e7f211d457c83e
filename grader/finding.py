"""What is wrong with one response: an outcome, the sentence for it, and what backs it up."""

from __future__ import annotations

from dataclasses import dataclass

from grader.outcome import Outcome
from grader.verdict import NOTHING, Evidence


@dataclass(frozen=True)
class Finding:
    """A reason not to pass."""

    outcome: Outcome
    sentence: str
    evidence: Evidence = NOTHING
