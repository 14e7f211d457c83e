"""What a check measured, as pictures: time and memory in rounds, growth with size, losses of a training."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from math import isfinite
from typing import Any

from courseapp.submissions.numbers import show

Data = Mapping[str, Any]
KINDS = 4  # of stroke that `line-plot` has


def plots(evidence: Data) -> tuple[Data, ...]:
    """Everything that was measured in a check, in the order in which `_plot.html` shows it."""
    drawn = (draw(evidence[name]) for name, draw in DRAWN.items() if evidence.get(name))
    return tuple(plot for plot in drawn if plot is not None)


def _timing(timing: Data) -> Data | None:
    return _rounds(
        timing,
        title="Time against the threshold",
        lead="Each dot is one pair: your code and the baseline’s, in turn, on the same core, on new inputs.",
        of="paired ratios of your time to the baseline",
        unit="pairs",
        too_much="too slow",
    )


def _memory(memory: Data) -> Data | None:
    plot = _rounds(
        memory,
        title="Memory against the threshold",
        lead="Each dot is one round: the peak of your box and of the baseline’s, less what the inputs take.",
        of="ratios of your peak memory to the baseline’s, beyond the inputs",
        unit="rounds",
        too_much="too much",
    )
    if plot is None or "yours_mb" not in memory or "baseline_mb" not in memory:
        return plot
    peaks = f"Beyond the inputs, yours takes {show(memory['yours_mb'], 3)} MB"
    caption = f"{plot['caption']} {peaks}, the baseline {show(memory['baseline_mb'], 3)} MB."
    return {**plot, "caption": caption}


def _rounds(found: Data, *, title: str, lead: str, of: str, unit: str, too_much: str) -> Data | None:
    if not found.get("ratios"):
        return None
    low, median, high, threshold = (float(found[key]) for key in ("low", "median", "high", "threshold"))
    interval = f"median {median:.2f}, interval {low:.2f} to {high:.2f}, threshold {threshold:g}"
    if low > threshold:
        verdict = f"The whole interval lies above the threshold of {threshold:g}×: {too_much}."
    elif high <= threshold:
        verdict = f"The whole interval lies below the threshold of {threshold:g}×."
    else:
        verdict = f"The interval contains the threshold of {threshold:g}×, so the check passes, undecided."
    return {
        "element": "timing-plot",
        "title": title,
        "lead": lead,
        "json": {key: found[key] for key in ("ratios", "median", "low", "high", "threshold")},
        "words": f"{len(found['ratios'])} {of}: {interval}.",
        "caption": f"{len(found['ratios'])} {unit}. {verdict}",
    }


def _growth(growth: Data) -> Data | None:
    """On two logarithmic axes a power of the size is a straight line, and its exponent the slope."""
    sizes, amounts = growth["sizes"], growth["amounts"]
    if not all(_positive(one) for one in chain(sizes, amounts)):
        return None  # no call at all, say: there is no slope to see
    steepest, of_time = growth["at_most"], growth["of"] == "time"
    what = "Seconds" if of_time else f"Calls of {growth['of']}"
    allowed = [[size, amounts[0] * (size / sizes[0]) ** steepest] for size in (sizes[0], sizes[-1])]
    exponent = growth["exponent"]
    found = f"grows like size to the power {show(exponent, 3)}" if exponent > 0 else "does not grow with size"
    values = ", ".join(f"{show(a, 3)} at size {s}" for s, a in zip(sizes, amounts, strict=True))
    return {
        "element": "line-plot",
        "title": "How it grows with the size of the input",
        "lead": "Both axes are logarithmic: the steeper the line, the higher the power of the size.",
        "json": {
            "lines": [{"name": "yours", "points": [list(pair) for pair in zip(sizes, amounts, strict=True)]}],
            "bound": allowed,
            "boundName": f"power {show(steepest, 3)}",
            "x": "size",
            "y": what,
            "log": "xy",
        },
        "legend": (),
        "words": f"{what}: {values}. It {found}; the power {show(steepest, 3)} is allowed.",
        "caption": f"{what} against size. Yours {found}; the dotted line is the steepest that is allowed.",
    }


def _training(training: Data) -> Data | None:
    """The curves are what the code says of itself; the losses in the caption are the judge's."""
    curves = [curve for curve in training.get("curves") or () if len(curve) > 1]
    if not curves:
        return None
    lengths = training.get("lengths") or [len(curve) for curve in curves]
    paths = [_points(curve, length) for curve, length in zip(curves, lengths, strict=False)]
    names = [f"run {i}" for i in range(1, len(paths) + 1)]
    due = training["at_most"]
    log = all(_positive(loss) for loss in chain([due], *curves))
    last = max(path[-1][0] for path in paths)
    ends = ((name, show(c[0], 3), show(c[-1], 3)) for name, c in zip(names, curves, strict=True))
    told = "; ".join(f"{name} from {first} to {end}" for name, first, end in ends)
    counted = ", ".join(str(show(loss, 3)) for loss in training["losses"])
    return {
        "element": "line-plot",
        "title": "How training went",
        "lead": "The losses that your code returned. They are drawn, and count for nothing.",
        "json": {
            "lines": [{"name": n, "points": path} for n, path in zip(names, paths, strict=True)],
            "bound": [[0, due], [last, due]],
            "boundName": f"due on new data: {show(due, 3)}",
            "x": "entry of your list",
            "y": "loss, as you report it",
            "log": "y" if log else "",
        },
        "legend": tuple({"name": name, "kind": i % KINDS} for i, name in enumerate(names)),
        "words": f"Reported losses: {told}. Losses on new data: {counted}; {show(due, 3)} is due.",
        "caption": f"What counts is the loss on new data: {counted} in the runs, "
        f"median {show(training['median'], 3)}; {show(due, 3)} or less is due.",
    }


def _points(curve: Sequence[float], length: int) -> list[list[float]]:
    """A curve that was thinned out covers the whole list all the same."""
    step = max(length - 1, 1) / (len(curve) - 1)
    return [[round(i * step), loss] for i, loss in enumerate(curve)]


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value) and value > 0


DRAWN: dict[str, Callable[[Data], Data | None]] = {
    "timing": _timing,
    "memory": _memory,
    "growth": _growth,
    "training": _training,
}
