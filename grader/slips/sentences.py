"""Every sentence of a generic slip: what the numbers show, and what to look at next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.wording import count, listing, number

LOST = "Lost precision"


@dataclass(frozen=True)
class Reason:
    """What a diagnosis says, without its evidence."""

    name: str
    sentence: str
    hint: str
    lesson: str = ""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A relation that holds on every failing input."""

    name: str
    sentence: str
    hint: str


# of a whole output


def all_zeros(name: str) -> Slip:
    """Nothing but zeros."""
    hint = f"Is {name} ever assigned its result?"
    return Slip(name="All zeros", sentence=f"{name} is zero on every input.", hint=hint)


def an_input(name: str, argument: str) -> Slip:
    """An argument, as it came."""
    sentence = f"{name} is {argument} itself, unchanged."
    return Slip(name="An input returned", sentence=sentence, hint=f"What has to happen to {argument} first?")


def exchanged(name: str, other: str) -> Slip:
    """Two outputs in each other's place."""
    sentence = f"{name} and {other} are right, each in the place of the other."
    return Slip(name="Exchanged", sentence=sentence, hint="Compare the order of what you return.")


def wrong_sign(name: str) -> Slip:
    """The negative of what is due."""
    sentence = f"{name} has the wrong sign, and is right otherwise."
    return Slip(
        name="Wrong sign", sentence=sentence, hint="Look for a minus that is missing, or one too many."
    )


def factor(name: str, quantity: str, equal: Sequence[str]) -> Slip:
    """A multiple of what is due; `equal` is what the number happens to be."""
    sentence = f"{name} is {quantity} what it should be, and right otherwise."
    if equal:
        sentence += f" On these inputs {listing(equal, 'or')} is just that."
    hint = "Which constant factor is missing, or is there once too often?"
    named = [text for text in (quantity, *equal) if "√" not in text]
    if any(length in text for text in named for length in (".shape", ".size", "len(")):
        hint = "A mean where a sum is due, or a sum where a mean is, makes such a factor."
    return Slip(name="Constant factor", sentence=sentence, hint=hint)


def offset(name: str, by: float) -> Slip:
    """The same number added everywhere."""
    more = "large" if by > 0 else "small"
    sentence = f"{name} is too {more} by {number(abs(by), 4)} in every entry, and right otherwise."
    return Slip(
        name="Constant offset", sentence=sentence, hint="Which term is added once too often, or left out?"
    )


def transposed(name: str, axes: Sequence[int]) -> Slip:
    """The axes are in another order."""
    if len(axes) == 2:
        sentence, hint = f"{name} is right but for a transpose.", f"Which axis of {name} comes first?"
    else:
        sentence = f"{name} is right but for the order of its axes."
        hint = f"Which axis of what is due is the first one of your {name}, and which the last?"
    return Slip(name="Transposed", sentence=sentence, hint=hint)


def another_shape(name: str) -> Slip:
    """The same numbers in the same order."""
    sentence = f"{name} has the right numbers in the right order, but another shape."
    return Slip(
        name="Another shape", sentence=sentence, hint="`keepdims`, or a `reshape` at the end, decides that."
    )


def missing_sum(name: str, axes: Sequence[int] | None) -> Slip:
    """What is due once summed; None stands for axes that differ between the inputs."""
    over = "the axes that were broadcast" if axes is None else _axes(axes)
    sentence = f"{name} is right once it is summed over {over}: that sum is missing."
    hint = "What was used once for every entry of an axis gets the sum over that axis."
    return Slip(name="Missing sum", sentence=sentence, hint=hint)


def one_slice(name: str, argument: str, at: str) -> Slip:
    """A part of an argument where its sum is due."""
    sentence = f"{name} is {argument}{at}, a single slice of {argument}; the sum over that axis is due."
    hint = "Every slice contributes. Which operation takes all of them?"
    return Slip(name="One slice of a sum", sentence=sentence, hint=hint)


def summed_too_far(name: str, axes: Sequence[int]) -> Slip:
    """A sum over an axis that has to stay."""
    sentence = f"{name} is what is due, summed over {_axes(axes)}, which has to stay."
    return Slip(name="A sum too many", sentence=sentence, hint="Which axes does the result keep?")


def shifted(name: str, what: str, axis: str) -> Slip:
    """Off by one along an axis; `what` says how."""
    hint = "Count the first and the last turn of the loop: where does the start go, and what is kept?"
    return Slip(name="Off by one step", sentence=f"{name} {what}{axis}, and is right otherwise.", hint=hint)


def _axes(axes: Sequence[int]) -> str:
    noun = "axis" if len(axes) == 1 else "axes"
    return f"{noun} {listing([str(axis) for axis in axes])}"


# of precision


def approximate(name: str, digits: int, *, of_formula: bool) -> Slip:
    """Right to some digits on every input."""
    hint = "Look for a rounded constant, an eps that is too large, or a difference of nearly equal numbers."
    if of_formula:
        hint = "Is there a rounded constant (write pi, not 3.14), or a difference quotient?"
    sentence = f"{name} agrees to {digits} digits and no further."
    return Slip(name="An approximation", sentence=sentence, hint=hint)


def lost_precision(name: str, digits: int, dtype: str) -> Slip:
    """Every number is one of a coarser dtype."""
    sentence = f"{name} agrees to {digits} digits and no further, and all its numbers are {dtype} numbers."
    hint = f"Somewhere on the way there is an array of dtype {dtype}. Which line makes it?"
    return Slip(name=LOST, sentence=sentence, hint=hint)


# of a part


def wrong_where(name: str, where: str, wrong: str, right: str, inside: str) -> Slip:
    """Wrong in one region, all of it, and right outside."""
    sentence = f"{name} is wrong on {wrong} with {where}, and right on {right}."
    if inside:
        sentence += f" There it {inside}."
    return Slip(
        name=f"Wrong for {where}",
        sentence=sentence,
        hint="What is due there, and which line is meant for it?",
    )


def not_finite_where(name: str, what: str, where: str, stray: str, finite: str) -> Slip:
    """NaN or infinity in one region, all of it, and finite outside."""
    sentence = f"{name} is {what} on {stray} with {where}, and finite on {finite}."
    hint = "Follow one such entry: which intermediate overflows first, is divided by zero, or has no value?"
    return Slip(name=f"{what} for {where}", sentence=sentence, hint=hint)


def not_finite_throughout(name: str, what: str) -> Slip:
    """No number at all."""
    sentence = f"{name} is {what} in every entry."
    hint = "One bad number that all entries are computed with is enough: look at sums, means and norms."
    return Slip(name=f"{what} throughout", sentence=sentence, hint=hint)


def repeated(name: str, index: str, wrong: str, right: str) -> Slip:
    """Rows whose index occurs more than once."""
    sentence = f"{name} is wrong on {wrong} whose index is more than once in {index}, and right on {right}."
    hint = "What has to happen to the second contribution to a row?"
    return Slip(name="Repeated indices", sentence=sentence, hint=hint)


def overwritten(name: str, index: str, wrong: str, right: str, which: str) -> Slip:
    """Repeated rows that hold a single contribution."""
    sentence = (
        f"{name} is wrong on {wrong} whose index is more than once in {index}, and right on {right}. "
        f"There it holds the {which} contribution alone, where their sum is due."
    )
    return Slip(
        name="Overwritten, not accumulated",
        sentence=sentence,
        hint="`W[i] += g` takes a repeated i once; which operation takes every one?",
    )


# of optimizers and engines


def never_moves() -> Slip:
    """No step changes anything."""
    sentence = "The parameters stay where they started."
    return Slip(
        name="Nothing moves",
        sentence=sentence,
        hint="`p -= ...` or `p[...] = ...` changes an array, `p = p - ...` or a copy makes a new one.",
    )


def uphill() -> Slip:
    """All moves turned round."""
    sentence = "Every step has the right length and goes the opposite way."
    return Slip(name="Wrong sign", sentence=sentence, hint="A step goes against the gradient.")


def step_length(quantity: str, equal: Sequence[str]) -> Slip:
    """All moves too long or too short alike."""
    sentence = f"Every step is {quantity} what it should be, in the right direction."
    if equal:
        sentence += f" On these inputs {listing(equal, 'or')} is just that."
    return Slip(
        name="Constant factor", sentence=sentence, hint="What is a step multiplied with, and how often?"
    )


def steps_shifted(what: str) -> Slip:
    """The path of the reference, a step away."""
    hint = "When does `step` use the gradients that it is given, and what does it keep for the next call?"
    return Slip(name="Off by one step", sentence=f"The path {what}, and is right otherwise.", hint=hint)


def wrong_from(events: Sequence[str], hint: str) -> Slip:
    """Right before the events, which come together, and wrong from there on."""
    sentence = f"All parameters are right before {listing(events)}, and wrong from there on."
    return Slip(name="Wrong from one step on", sentence=sentence, hint=hint)


def not_accumulated(name: str, wrong: str, right: str) -> Slip:
    """Gradients of values with several ways to the outputs."""
    sentence = (
        f"{name} is wrong on {wrong} with several ways to an output, and right on {right} with one way. "
        "What comes in over the ways has to be added up."
    )
    hint = "Where a gradient is stored: is what is there kept? Does all of it arrive before it is passed on?"
    return Slip(name="Not accumulated", sentence=sentence, hint=hint)


def changed_input(names: Sequence[str]) -> Slip:
    """An argument written to, as the box reports it."""
    verb = "is" if len(names) == 1 else "are"
    sentence = f"{listing(names)} {verb} changed in place wherever the result is wrong."
    hint = "What is computed from it afterwards starts from other numbers."
    return Slip(name="A changed input", sentence=sentence, hint=hint)


# of several at once


def on_top(slip: Slip, known: Reason) -> Reason:
    """A slip beside a known mistake, in the same output."""
    twist = (
        slip.sentence.split(". ")[0]
        .removesuffix(".")
        .replace(", and is right otherwise", "")
        .replace(", and right otherwise", "")
    )
    twist = twist.replace(" is right but for ", " is out by ").replace(
        " what it should be", " what that gives"
    )
    sentence = f"{known.sentence} On top of that: {twist}."
    return Reason(
        f"{known.name}, and {slip.name[:1].lower()}{slip.name[1:]}",
        sentence,
        f"{known.hint} {slip.hint}",
        known.lesson,
    )


def of_two(first: Reason, second: Reason) -> Reason:
    """Two mistakes, each in outputs of its own."""
    return Reason(
        _both(first.name, second.name, f"{first.name}, and {second.name[:1].lower()}{second.name[1:]}"),
        f"{first.sentence} {second.sentence}",
        _both(first.hint, second.hint, f"{first.hint} {second.hint}"),
        first.lesson or second.lesson,
    )


def _both(first: str, second: str, joined: str) -> str:
    """Joined, unless one says the other as well."""
    if second.lower() in first.lower():
        return first
    return second if first.lower() in second.lower() else joined


def in_output(name: str, known: Reason) -> Reason:
    """A known mistake, in one output of several."""
    return replace(known, sentence=f"In {name}: {known.sentence}")


def and_of(reason: Reason, names: Sequence[str]) -> Reason:
    """The same in other outputs."""
    return (
        replace(reason, sentence=f"{reason.sentence} The same is true of {listing(names)}.")
        if names
        else reason
    )


def of_all(n: int, noun: str) -> str:
    """ "all seven entries", "the only entry"."""
    if n == 1:
        return f"the only {noun}"
    return f"all {count(n, noun, 'entries' if noun == 'entry' else '')}"


def others(n: int, noun: str) -> str:
    """ "all 20 others"."""
    return f"the one other {noun}" if n == 1 else f"all {count(n, 'other')}"
