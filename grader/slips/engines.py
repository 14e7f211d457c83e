"""Slips of an autograd engine: gradients that are overwritten where they have to be added up."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.question import Case
from grader.slips import sentences
from grader.slips.pairs import Output
from grader.slips.sentences import Slip, of_all, others


def not_accumulated(gradients: Output) -> Slip | None:
    """Wrong just for the leaves from which several ways lead to an output."""
    several, bad = [], []
    cases = {id(pair.case): pair.case for pair in gradients.pairs}
    for case in cases.values():
        of_case = [pair for pair in gradients.pairs if pair.case is case]
        several += [n > 1 for n in ways(case)[: len(of_case)]]
        bad += [pair.failing for pair in of_case]
    if several != bad or not any(bad) or all(bad):
        return None
    wrong, right = of_all(sum(bad), "leaf"), others(len(bad) - sum(bad), "leaf")
    return sentences.not_accumulated(f"`{gradients.name}`", wrong, right)


def ways(case: Case) -> list[int]:
    """From each leaf, how many ways lead to an output; an operation that is repeated is one as often."""
    arguments: Any = case.arguments
    n, nodes = len(arguments["leaves"]), list(arguments["nodes"])
    found = np.zeros(n + len(nodes), dtype=object)  # whole numbers without bound: ways multiply
    for k in list(arguments.get("outputs") or [n + len(nodes) - 1]):
        found[k] += 1
    for i in reversed(range(len(nodes))):
        times = int(nodes[i].get("times", 1))
        for at, operand in enumerate(nodes[i]["of"]):
            if type(operand) is int:
                found[operand] += found[n + i] * (1 if at == 0 else times)
    return [int(one) for one in found[:n]]
