"""Every sentence that a learner reads about their code: what, where, and what to look at next.

At most three sentences each. A function here makes a `Finding`, a text for a passed check, or a headline.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from grader import traces, wording
from grader.compare import Difference
from grader.exercise import PLACE, CallBound, CheckKind, Entry, EntryKind, Growth, Residual
from grader.finding import Finding
from grader.formula import Unreadable
from grader.outcome import Outcome
from grader.sandbox import Ended, Raised
from grader.verdict import CheckResult, Evidence
from grader.wording import count, listing, number, pair, type_of, with_article

MAX_KEYS = 8  # of a dict that are named
NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")

# the code does not get as far as an answer


def does_not_load(reply: Raised) -> Finding:
    """The source does not parse, or importing it raises."""
    if _is_unreadable(reply):
        return raised(reply)
    sentence = f"The code stops before anything can be called, with {_exception(reply)}{_where(reply)}."
    sentence += ADVICE.get(reply.type_name, "")
    return Finding(Outcome.RAISED, sentence, _trace(reply))


def missing(entry: Entry, found: str) -> Finding:
    """The name is not defined, or is something else."""
    if entry.kind is EntryKind.FORMULA:
        sentence = f"There is no formula for {entry.name} yet. Write it behind `{entry.signature_head} =`."
        return Finding(Outcome.MISSING, sentence)
    if not found:
        sentence = f"There is no {entry.name} in the code. {_how_to_define(entry)}"
    else:
        sentence = f"{entry.name} is a {found}; a {entry.kind} is due."
    return Finding(Outcome.MISSING, sentence)


def _how_to_define(entry: Entry) -> str:
    name, opening, parameters = entry.signature_head.partition("(")
    if name != entry.name:  # the signature is of what the student writes, which this entry calls
        head = f"def {entry.name}({', '.join(entry.parameters)})"
        return f"It stands complete in the starter, as `{head}`: put it back from there."
    if entry.kind is EntryKind.CLASS:
        taken = f"self, {parameters}" if parameters != ")" else "self)"
        return f"Define it with `class {name}:` and in it `def __init__{opening}{taken}:`."
    return f"Define it with `def {entry.signature_head}:`."


def raised(reply: Raised) -> Finding:
    """An exception in the student's code, or code that does not parse."""
    if _is_unreadable(reply):
        sentence = f"Python cannot read the code{_where(reply)}: {_message(reply) or reply.type_name}."
        return Finding(Outcome.SYNTAX, sentence, _trace(reply))
    sentence = f"The code raised {_exception(reply)}{_where(reply)}."
    sentence += ADVICE.get(reply.type_name, "")
    return Finding(Outcome.RAISED, sentence, _trace(reply))


def unreadable(found: Unreadable, *, of: str = "") -> Finding:
    """A line that is no formula; `of` names the one that it should be."""
    sentence = f"Line {found.line} cannot be read. {found.sentence}"
    start = max(0, found.column - MAX_BEFORE)
    text = found.text[start : start + 2 * MAX_BEFORE]
    frame = {
        "line": found.line,
        "function": of or "the formulas",
        "text": f"{text}\n{' ' * (found.column - start)}^",
    }
    return Finding(Outcome.SYNTAX, sentence, Evidence(traceback=(frame,), line=found.line))


MAX_BEFORE = 60  # characters of a line that are shown before the place of an error

ADVICE = {
    "ModuleNotFoundError": " A NumPy exercise has NumPy and the standard library, "
    "a torch exercise PyTorch as well.",
    "RecursionError": " A function calls itself without end, or deeper than Python allows: "
    "does it come to the case that stops it, and could a loop do the same?",
}

ENDED = {
    Outcome.CPU_LIMIT: "The code used more than the {limit} of processor time that it may. "
    "Either a loop does not end, or it is slow: look for one in Python that NumPy could do at once.",
    Outcome.WALL_LIMIT: "The code was not done after the {limit} that it may take. "
    "Either a loop or a wait does not end, or it is slow: look for work that is done more than once.",
    Outcome.LOAD_LIMIT: "The file was still being imported after the {limit} that it may take. "
    "Move the work into functions; either a loop or a wait does not end there, or it is slow.",
    Outcome.MEMORY_LIMIT: "The code asked for more memory than the {limit} that it may have. "
    "Look for an array that is larger than it has to be.",
    Outcome.OUTPUT_LIMIT: "The code printed more than {limit}. Take the print out of the loop.",
    Outcome.MESSAGE_LIMIT: "The code answered with {used}, where at most {limit} are received. "
    "Look at the shape of what it returns.",
    Outcome.CALLS: "The code called its argument more than {limit}. "
    "Either a loop does not end, or it takes far more steps than it has to.",
    Outcome.PROCESS_LIMIT: "The code tried to start a process or a thread; here there is only one.",
    Outcome.DISK_LIMIT: "The code wrote more than {limit} of files. No exercise needs files.",
    Outcome.FILE_LIMIT: "The code made more than {limit}. No exercise needs files.",
    Outcome.DESCRIPTOR_LIMIT: "The code had more than {limit} open at once. "
    "Open them in a `with` statement, which closes them again.",
    Outcome.FORBIDDEN: "The code made a system call that is closed here ({used}), and was stopped.",
    Outcome.EXITED: "The code ended the program ({used}) before it answered. Return the result instead.",
    Outcome.CRASHED: "The process crashed ({used}) before it answered.",
    Outcome.BAD_ANSWER: "What came back is not an answer. "
    "Something wrote over the channel that answers travel on.",
}


def ended(reply: Ended) -> Finding:
    """The box had to be ended, or ended itself."""
    template = ENDED.get(reply.outcome, "The code was stopped ({used}).")
    sentence = template.format(limit=reply.limit or "the limit", used=reply.used or "no answer")
    return Finding(reply.outcome, sentence, Evidence(limit=reply.limit or None, used=reply.used or None))


def calls(name: str, made: int, bound: CallBound) -> Finding:
    """A callable argument was called too often, or not often enough."""
    if bound.exactly is not None:
        due = f"exactly {count(bound.exactly, 'call')} {'is' if bound.exactly == 1 else 'are'} asked for"
    else:
        due = f"at most {count(bound.at_most or 0, 'call')} {'is' if bound.at_most == 1 else 'are'} allowed"
    sentence = f"The result is right, but {name} was called {_times(made)}; {due}."
    return Finding(Outcome.CALLS, sentence, Evidence(value=f"calls of {name}", got=made))


def endless_calls(name: str, limit: int) -> Finding:
    """A callable argument was called without end."""
    sentence = f"{name} was called more than {limit} times. "
    sentence += "Either a loop does not end, or it takes far more steps than it has to."
    return Finding(Outcome.CALLS, sentence, Evidence(value=f"calls of {name}", got=limit))


# the gates before numbers


def wrong_count(name: str, got: int, names: Sequence[str]) -> Finding:
    """A tuple or list of the wrong length."""
    inside = f" ({', '.join(names)})" if names else ""
    sentence = f"{name} has {count(got, 'value')}; {count(len(names), 'value')} are due{inside}."
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name, got=got, expected=len(names)))


def wrong_length(name: str, got: int, expected: int) -> Finding:
    """A nested list or tuple of the wrong length."""
    sentence = f"{name} has length {got}, expected {expected}."
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name, got=got, expected=expected))


def wrong_type(name: str, got: object, due: str) -> Finding:
    """Not the kind of value that was agreed."""
    kind = type_of(got)
    sentence = f"{name} is {with_article(kind)}; {due} is due."
    if kind == "None":
        sentence += " Is there a `return` at the end?"
    elif kind in ("generator", "zip", "map"):
        sentence += " Wrap it in `tuple(...)`."
    elif isinstance(got, tuple) and len(got) == 1:
        sentence += " A comma at the end of a line makes a tuple."
    elif kind in ("list", "tuple") and "array" in due:
        sentence += " `np.array(...)` makes one."
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name, got=kind, expected=due))


def on_the_graph(name: str) -> Finding:
    """A tensor that still requires a gradient where a plain number is due."""
    sentence = (
        f"{name} is a tensor that is still part of autograd's graph. `.item()` or `.detach()` takes it out."
    )
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name))


def wrong_keys(name: str, got: Sequence[str], expected: Sequence[str]) -> Finding:
    """A dict with other keys."""
    keys = [_plain(key) for key in sorted(got)]
    shown = [*keys[:MAX_KEYS], f"{len(keys) - MAX_KEYS} more"] if len(keys) > MAX_KEYS else keys
    present, due = listing(shown) or "no key", listing([_plain(key) for key in sorted(expected)])
    sentence = f"{name} has {present}; the keys {due} are due."
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name, got=present, expected=due))


def missing_value(name: str) -> Finding:
    """A named value that the answer does not have, or that is None."""
    return Finding(Outcome.STRUCTURE, f"{name} is missing from the result.", Evidence(value=name))


def _longer_than_one(shape: Sequence[int]) -> list[int]:
    return [n for n in shape if n != 1]


def wrong_shape(name: str, got: Sequence[int], expected: Sequence[int]) -> Finding:
    """An array of another shape, broadcastable or not."""
    sentence = f"{name} has shape {wording.shape(got)}, expected {wording.shape(expected)}."
    if sorted(got) == sorted(expected):
        sentence += " The axes are in another order."
    elif len(got) > len(expected) and _longer_than_one(got) == _longer_than_one(expected):
        sentence += " An axis too many comes from `keepdims`, `[:, None]`, or a comma that makes a tuple."
    elif not expected:
        sentence += " A single number is due, nothing with axes."
    elif len(got) > len(expected):
        sentence += " Over which axes does it still have to be summed?"
    evidence = Evidence(value=name, got=wording.shape(got), expected=wording.shape(expected))
    return Finding(Outcome.SHAPE, sentence, evidence)


def wrong_dtype(name: str, got: str, allowed: Sequence[str]) -> Finding:
    """A dtype coarser than the inputs' or of another kind."""
    due = listing(allowed, "or")
    sentence = f"{name} has dtype {got}; {due} is due here, the precision of the inputs."
    return Finding(Outcome.DTYPE, sentence, Evidence(value=name, got=got, expected=due))


def not_finite(name: str, got: float, expected: float) -> Finding:
    """NaN or infinity where a number is due."""
    shown = number(got)
    cause = (
        "a division of 0 by 0, or infinity minus infinity"
        if shown == "NaN"
        else "an overflow or a division by 0"
    )
    sentence = f"{name} is {shown}, expected {number(expected)}. Look for {cause}."
    return Finding(Outcome.NOT_FINITE, sentence, Evidence(value=name, got=got, expected=expected))


# numbers


def mismatch(difference: Difference, *, of: str = "") -> Finding:
    """Finite, right shape, wrong value."""
    got, expected = pair(difference.got, difference.expected)
    if difference.name == of or not of:
        sentence = f"{difference.name} is wrong: you returned {got}, expected {expected}."
    else:
        sentence = f"{of} is wrong: at {difference.name} you returned {got}, expected {expected}."
    return Finding(Outcome.MISMATCH, sentence, _numbers(difference))


def unequal(name: str, got: object, expected: object) -> Finding:
    """A text, bool or whole number that differs."""
    sentence = f"{name} is wrong: you returned {_plain(got)}, expected {_plain(expected)}."
    evidence = Evidence(value=name, got=_plain(got), expected=_plain(expected))
    return Finding(Outcome.MISMATCH, sentence, evidence)


def wrong_formula(difference: Difference, at: str) -> Finding:
    """A formula with another value at a point, "x = 1"."""
    got, expected = pair(difference.got, difference.expected)
    sentence = f"At {at} your formula for {difference.name} gives {got}, expected {expected}."
    return Finding(Outcome.MISMATCH, sentence, _numbers(difference))


def undefined_formula(name: str, at: str, piece: str, got: float, expected: float) -> Finding:
    """A formula that is NaN or infinite at a point where it should have a value."""
    what = "is not defined" if number(got) == "NaN" else "is larger than any number"
    where = f": `{piece}` {what} there" if piece else ""
    sentence = f"At {at} your formula for {name} has no value{where}. Expected {number(expected)}."
    return Finding(Outcome.NOT_FINITE, sentence, Evidence(value=name, got=got, expected=expected))


def wrong_step(difference: Difference, step: int, *, moved: bool = True, exchanged: bool = False) -> Finding:
    """A parameter that an optimizer left in the wrong place.

    Unless `moved`, no step has changed any of the arrays; `exchanged` where their list holds others now.
    """
    got, expected = pair(difference.got, difference.expected)
    sentence = f"After step {step}, {difference.name} is {got}, expected {expected}."
    if not moved:
        but = "The list params has other arrays now, and those" if exchanged else "The arrays that"
        sentence += (
            f" {but} you were given are as they were at the start: `p -= ...` or `p[...] = ...` "
            "changes them, `p = p - ...` or a copy makes new ones."
        )
    return Finding(Outcome.MISMATCH, sentence, _numbers(difference))


def out_of_bounds(residual: Residual, found: Mapping[str, float], returns: Sequence[str]) -> Finding:
    """A number that a property found in the result is beyond its bound. The sentence is the author's."""
    value = found[residual.name]
    shown = {name: number(one) for name, one in found.items()}
    evidence = Evidence(value=residual.name, got=value, expected=bound_of(residual))
    if "got" in found and "expected" in found:
        shown["got"], shown["expected"] = pair(found["got"], found["expected"])
        of = returns[0] if len(returns) == 1 else None
        evidence = Evidence(value=of, got=found["got"], expected=found["expected"])
    shown |= {"value": number(value), "bound": number(residual.bound)}
    sentence = PLACE.sub(lambda match: shown[match[1]], residual.sentence)
    return Finding(Outcome.MISMATCH, sentence, evidence)


def bound_of(residual: Residual) -> str:
    """What is due, in words."""
    return f"at {'most' if residual.at_most is not None else 'least'} {number(residual.bound)}"


def refused(reason: str) -> Finding:
    """An answer of the right form that the author's property will not look into."""
    return Finding(Outcome.STRUCTURE, f"The result cannot be examined: {reason.rstrip('.')}.")


def right_alone(sentence: str) -> str:
    """Of a failure that a fresh program does not show on the same input."""
    more = "its answer depends on more than its arguments, say on what an earlier call left behind"
    return f"{sentence} With this input alone your code is right: {more}."


def unseeded(what: str) -> Finding:
    """An answer that is not drawn from the generator that the code is given."""
    return Finding(Outcome.MISMATCH, f"{what} Draw from rng, and from nothing else.")


def nested_too_far(name: str, what: str, bound: int) -> Finding:
    """An answer with more tuples in tuples, or more values, than any right one."""
    sentence = f"{name} has more than {bound} {what}. No right answer here needs that many."
    return Finding(Outcome.STRUCTURE, sentence, Evidence(value=name))


def changed_input(names: Sequence[str]) -> Finding:
    """An argument was written to."""
    verb = "was" if len(names) == 1 else "were"
    sentence = (
        f"The result is right, but {listing(names)} {verb} changed in place. "
        "`x = x - y` makes a new array, `x -= y` writes into the old one."
    )
    return Finding(Outcome.SIDE_EFFECT, sentence, Evidence(value=listing(names)))


def not_refused(call: str) -> Finding:
    """A pass through values that were let go went on as if nothing had happened."""
    sentence = (
        f"{call} goes through values that an earlier pass has let go, and nothing is said about it; "
        "a RuntimeError is due."
    )
    return Finding(Outcome.MISMATCH, sentence, Evidence(value=call))


def kept(n: int) -> Finding:
    """Values between the leaves and the outputs outlive their use. Only the box can see it."""
    values = "1 value" if n == 1 else f"{n} values"
    sentence = (
        f"The numbers are right, but {values} between the leaves and the results outlived their use: "
        "something still refers to them."
    )
    return Finding(Outcome.SIDE_EFFECT, sentence)


def swallowed(n: int) -> Finding:
    """Exceptions that were raised in a block and did not leave it. Only the box can see it."""
    what = (
        "an exception that was raised in a block" if n == 1 else f"{n} exceptions that were raised in blocks"
    )
    sentence = (
        f"The numbers are right, but {what} went no further. Whoever wrote the block would not learn of it: "
        "an `__exit__` that returns something true ends the exception, and a generator has to let it pass."
    )
    return Finding(Outcome.SIDE_EFFECT, sentence)


def too_slow(evidence: Evidence, median: float, low: float, high: float, threshold: float) -> Finding:
    """The whole interval of the ratio lies above the threshold."""
    sentence = (
        f"Right, but too slow: it takes {number(median, 3)} times as long as the baseline "
        f"(interval {number(low, 3)} to {number(high, 3)}), and {number(threshold, 3)} times is allowed. "
        "Look for a loop over elements, or for work that is done twice."
    )
    return Finding(Outcome.TOO_SLOW, sentence, evidence)


def too_much_memory(evidence: Evidence, median: float, threshold: float) -> Finding:
    """The peak lies above the threshold in every round."""
    sentence = (
        f"Right, but it needs too much memory: {number(median, 3)} times what the baseline needs beyond the "
        f"inputs, and {number(threshold, 3)} times is allowed. "
        "Look for large arrays that exist at the same time, and for operations that could write into one."
    )
    return Finding(Outcome.TOO_MUCH_MEMORY, sentence, evidence)


def too_steep(evidence: Evidence, growth: Growth, exponent: float, low: float, high: float) -> Finding:
    """The whole interval of the exponent lies above the bound."""
    times = number(2**exponent, 2)
    due = f"size to the power {number(growth.at_most, 3)} is allowed"
    if growth.of_time:
        sentence = (
            f"Right, but its time grows like size to the power {number(exponent, 3)} "
            f"(interval {number(low, 3)} to {number(high, 3)}): twice the size takes {times} times as long; "
            f"{due}. Look for work that is repeated for every element."
        )
        return Finding(Outcome.GROWTH, sentence, evidence)
    sentence = (
        f"Right, but the calls of {growth.of} grow like size to the power {number(exponent, 3)}: "
        f"twice the size makes {times} times as many; {due}. Look for calls whose result is known already."
    )
    return Finding(Outcome.CALLS, sentence, evidence)


def not_trained(evidence: Evidence, losses: Sequence[float], bound: float) -> Finding:
    """The median of the losses on new data is too high."""
    sentence = f"{_median_loss(losses)}; {number(bound, 3)} or less is due."
    return Finding(Outcome.LOSS, sentence, evidence)


def mixed_forms(here: str, before: str, check: str) -> Finding:
    """Two forms of an answer in one submission, each of which would do alone. A form without a name is the
    statement's.
    """
    now, then = (f"the variant “{name}”" if name else "the statement's form" for name in (here, before))
    sentence = f"Your code is {now} here, and {then} in “{check}”. Either is right; use one throughout."
    return Finding(Outcome.MISMATCH, sentence)


# checks that passed, or were not run


def passed(cases: int) -> str:
    """What was found right."""
    return f"Right on {count(cases, 'input')}."


def as_variant(names: Sequence[str], sentence: str) -> str:
    """Right in another form than the reference's."""
    also = f" (on these inputs the same as {listing([f'“{one}”' for one in names[1:]])})" if names[1:] else ""
    return f"Right, as the variant “{names[0]}”{also}. {sentence}"


def ran(examples: int) -> str:
    """A run without a mistake."""
    return f"{wording.capital(count(examples, 'example'))}, all as expected." if examples else "Done."


def raced(steps: int, most: int) -> str:
    """A race that the code ran to its end, or until it was too far away."""
    if steps == most:
        return f"Raced for {count(steps, 'step')}."
    return f"Step {steps + 1} has left the picture for good. This learning rate is too large here."


def no_weights() -> Finding:
    """Weights that an optimizer should move in place are no longer what they were."""
    sentence = "The weights are no longer an array of two float64 numbers. A step changes them in place."
    return Finding(Outcome.STRUCTURE, sentence)


def fast_enough(median: float, low: float, high: float, threshold: float, *, decided: bool) -> str:
    """How the time compares."""
    figure = f"{number(median, 3)} times the baseline's time, interval {number(low, 3)} to {number(high, 3)}"
    if decided:
        return f"{figure}; {number(threshold, 3)} times is allowed."
    return (
        f"{figure}. The threshold of {number(threshold, 3)} lies inside it, so this is undecided and passes."
    )


def small_enough(median: float, threshold: float) -> str:
    """How the memory compares."""
    figure = f"{number(median, 3)} times what the baseline needs beyond the inputs"
    return f"{figure}; {number(threshold, 3)} times is allowed."


def flat_enough(growth: Growth, exponent: float, low: float, high: float, *, decided: bool) -> str:
    """How time or calls grow."""
    what, verb = ("Time", "grows") if growth.of_time else (f"Calls of {growth.of}", "grow")
    how = f"{verb} like size to the power {number(exponent, 3)}"
    if exponent <= 0:
        does = "does" if growth.of_time else "do"
        how = f"{does} not measurably grow with size (power {number(exponent, 3)})"
    figure = f"{what} {how}, interval {number(low, 3)} to {number(high, 3)}"
    if decided:
        return f"{figure}; to the power {number(growth.at_most, 3)} is allowed."
    bound = f"The bound of {number(growth.at_most, 3)} lies inside it"
    return f"{figure}. {bound}, so this is undecided and passes."


def trained(losses: Sequence[float], bound: float) -> str:
    """How far training got."""
    return f"{_median_loss(losses)}; {number(bound, 3)} is enough."


def _median_loss(losses: Sequence[float]) -> str:
    if len(losses) == 1:
        return f"The loss on new data is {number(losses[0], 3)}"
    each = ", ".join(number(loss, 3) for loss in losses)
    middle = number(statistics.median(losses), 3)
    return f"The loss on new data is {middle}, the median of {count(len(losses), 'run')} ({each})"


def not_run(cause: CheckResult | None) -> str:
    """Why a check was left out."""
    if cause is not None and cause.kind is CheckKind.FORMULA:
        return "Not run: a line cannot be read."
    if cause is None or cause.outcome in (Outcome.SYNTAX, Outcome.RAISED):
        return "Not run: the code does not load."
    return f"Not run: the code was stopped in “{cause.name}”."


def headline(checks: Sequence[CheckResult], points: int, max_points: int) -> str:
    """The verdict in one or two sentences."""
    failed = [check for check in checks if not check.passed and check.outcome is not Outcome.NOT_RUN]
    if not failed:
        return f"Passed. {wording.capital(count(len(checks), 'check'))}, {_points(points, max_points)}."
    return f"Not passed yet. {_cause(checks, failed)}"


def _cause(checks: Sequence[CheckResult], failed: Sequence[CheckResult]) -> str:
    outcomes = {check.outcome for check in failed}
    names = {(check.evidence.diagnosis or {}).get("name") for check in failed}
    if Outcome.SYNTAX in outcomes:
        if failed[0].kind is CheckKind.FORMULA:
            unread = sum(check.outcome is Outcome.SYNTAX for check in failed)
            return f"{wording.capital(count(unread, 'line'))} cannot be read."
        return "Python cannot read the code."
    if outcomes <= set(ENDED) - {Outcome.CALLS}:
        return "The code was stopped before it answered."
    if outcomes == {Outcome.RAISED} and checks[-1].outcome is Outcome.NOT_RUN:
        return "The code does not load."
    if len(failed) > 1 and len(names) == 1 and None not in names:
        both = "both failures" if len(failed) == 2 else f"all {count(len(failed), 'failure')}"
        return f"One cause explains {both}."
    return f"{wording.capital(count(len(failed), 'check'))} failed."


def _points(points: int, max_points: int) -> str:
    return f"{points} of {max_points} points"


# parts of sentences


def _is_unreadable(reply: Raised) -> bool:
    """Whether it is the file that does not parse, and not a text that code in it has parsed."""
    return reply.type_name in NOT_PYTHON and not any(frame.function for frame in reply.traceback)


def _message(reply: Raised) -> str:
    return reply.message.strip().split("\n")[0].rstrip(".")


def _exception(reply: Raised) -> str:
    message = _message(reply)
    return f"{reply.type_name}: {message}" if message else reply.type_name


def _where(reply: Raised) -> str:
    return f" in line {reply.traceback[-1].line}" if reply.traceback else ""


def _trace(reply: Raised) -> Evidence:
    line = reply.traceback[-1].line if reply.traceback else None
    return Evidence(exception=_exception(reply), traceback=traces.shown(reply.traceback) or None, line=line)


def _numbers(difference: Difference) -> Evidence:
    return Evidence(
        value=difference.name,
        got=difference.got,
        expected=difference.expected,
        error=difference.error,
        bound=difference.bound,
        error_map=difference.error_map,
    )


def _times(n: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(n, f"{n} times")


def _plain(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
