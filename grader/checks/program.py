"""program: random programs for an autograd engine of the student's, against autograd in float64.

A program is data: leaves, operations, outputs. The student's class is driven through it in the student's box;
what comes back are the values of the outputs and the gradients of the leaves. One program is one input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from grader import feedback
from grader.calling import reply_room
from grader.checks.method import Examined, Method, Subject, examine_cases
from grader.checks.value import failed
from grader.compare import compare
from grader.exercise import Engine
from grader.finding import Finding
from grader.glance import surely_right
from grader.graph import Graph
from grader.outcome import Outcome
from grader.program import Loaded, Response
from grader.question import Case
from grader.sandbox import Answer, Ended, Raised, Reply
from grader.structure import Precision, gate
from grader.tolerance import Tolerance, tolerance_for
from grader.values import Value


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Build the graph of the student's objects, go backward, and take values and gradients."""
    graph, engine = _graph(subject, case), _engine(subject)
    stopped = _stopped(loaded, engine)
    if stopped is not None:
        return Response(failure=stopped)
    reply = loaded.box.differentiate(
        *_parameters(subject, graph, engine),
        switch=engine.no_grad,
        blocks=graph.blocks(),
        refused=list(graph.refused),
        reply_mb=reply_room(case.expected),
    )
    return _response(subject, graph, reply)


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """The same, for a response that is fetched later."""
    graph, engine = _graph(subject, case), _engine(subject)
    stopped = _stopped(loaded, engine)
    if stopped is not None:
        return lambda: Response(failure=stopped)
    parameters = _parameters(subject, graph, engine)
    more = (engine.no_grad, graph.blocks(), list(graph.refused))
    room = reply_room(case.expected)
    fetch = loaded.box.begin("differentiate", *parameters, *more, reply_mb=room, in_row=True)
    return lambda: _response(subject, graph, fetch())


def _stopped(loaded: Loaded, engine: Engine) -> Raised | Ended | None:
    """What became of an engine that has a switch and does not load once more; None if all is well.

    A switch that one program leaves off would spoil the next.
    """
    again = loaded.execute() if engine.no_grad else None
    return None if isinstance(again, Answer) else again


def _parameters(
    subject: Subject, graph: Graph, engine: Engine
) -> tuple[str, list[Any], list[Any], list[int], tuple[str, str, str]]:
    names = (engine.data, engine.grad, engine.backward)
    return subject.question.entry.name, *graph.wire(), names


def _response(subject: Subject, graph: Graph, reply: Reply) -> Response:
    if not isinstance(reply, Answer):
        return Response(failure=reply)
    due = (len(graph.outputs), len(graph.leaves))
    match reply.value:
        case (list(outputs), list(grads), int(kept), int(swallowed)) if (len(outputs), len(grads)) == due:
            value = tuple(_as_float(one) for one in (*outputs, *grads))
            response = Response(value=value, seconds=reply.seconds)
            if subject.check.points:  # the box reports the rest, and a box can lie
                return response
            return replace(response, kept=kept * _engine(subject).release, swallowed=swallowed)
    # the shim shares a process with the student, and may have been replaced
    return Response(failure=Ended(Outcome.BAD_ANSWER, "", "no gradients where some are due"))


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The gates, then the values of the outputs, then the gradients, then what should be gone."""
    stopped = failed(response)
    if stopped is not None:
        return stopped
    graph, engine = _graph(subject, case), _engine(subject)
    precision = Precision.of(case.floats, subject.exercise.runtime)
    tolerance, names = _tolerance(subject, case, graph), _names(graph, engine)
    got, expected = response.value, case.expected
    if surely_right(got, expected, names=names, precision=precision, tolerance=tolerance):
        return _witnessed(response)
    gated = gate(got, expected, names=names, precision=precision)
    if isinstance(gated, Finding):
        return gated
    for position, leaf in enumerate(gated):
        difference = compare(leaf, tolerance)
        if difference is not None and position in graph.refused:
            return feedback.not_refused(leaf.name)
        if difference is not None:
            return feedback.mismatch(difference, of=leaf.name)
    return _witnessed(response)


def _witnessed(response: Response) -> Finding | None:
    """What is right, but not as agreed."""
    if response.swallowed:
        return feedback.swallowed(response.swallowed)
    return feedback.kept(response.kept) if response.kept else None


def _graph(subject: Subject, case: Case) -> Graph:
    return Graph.of(case.arguments, (*_engine(subject).operators, *subject.question.entry.methods))


def _engine(subject: Subject) -> Engine:
    engine = subject.question.entry.engine
    if engine is None:
        raise RuntimeError("loading lets only engines have programs")
    return engine


def _names(graph: Graph, engine: Engine) -> list[str]:
    """What is compared, as the program that is shown calls it: "d.data", "a.grad", "b.grad"."""
    names = graph.names()
    outputs = [
        f"{names[k]}.{engine.backward}()" if position in graph.refused else f"{names[k]}.{engine.data}"
        for position, k in enumerate(graph.outputs)
    ]
    return outputs + [f"{name}.{engine.grad}" for name in names[: len(graph.leaves)]]


def _tolerance(subject: Subject, case: Case, graph: Graph) -> Tolerance:
    """Of a sum with as many terms as there are operations, if that is more than the largest array has."""
    found = tolerance_for(case.floats, rule=subject.check.tolerance, magnitudes=case.magnitudes)
    return replace(found, terms=max(found.terms, graph.applied))


def _as_float(value: Value) -> Value:
    """A gradient that was added up from 0 and 1 is a whole number, and right."""
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    number: Any = value
    return float(number) if is_whole else value


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every program of the group."""
    return examine_cases(subject, loaded, begin=begin, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
