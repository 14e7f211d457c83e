"""Repeats the comparisons of a verdict at home, with NumPy alone:   python repro.py

Reads checks.json and arrays/ beside it, calls your code with the inputs that the grader used, and compares
with the same bounds. Change your file and run it again. The grader draws new inputs for every submission.
"""

# It is sent along with a student's bundle, and never imported by the judge.

from __future__ import annotations

import copy
import json
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
LAZY = 1e8  # errors beyond this many bounds are wrong whatever the magnitude of the terms
NEAR = 1e-13  # relative distance at which a point is the same as one that was recorded


class Wrong(Exception):
    """What is wrong, in a sentence."""


def main() -> int:
    """Every check; 0 if all pass, 1 otherwise."""
    told = json.loads((HERE / "checks.json").read_text(encoding="utf-8"))
    failed = 0
    for check in told["checks"]:
        wrong = examine(check, told["file"])
        failed += bool(wrong)
        n = len(check["cases"])
        print(f"✗ {check['name']}" if wrong else f"✓ {check['name']} ({n} input{'s' if n > 1 else ''})")
        for line in wrong:
            print(f"    {line}")
        if bool(wrong) == (check["outcome"] == "passed"):
            print(f"    This is not what the verdict said: {check['outcome']}.")
    for name, why in told["left_out"]:
        print(f"– {name}: not repeated here, {why}.")
    print(f"{failed} of {len(told['checks'])} checks fail." if failed else "All checks that are here pass.")
    return 1 if failed else 0


def examine(check: dict[str, Any], file: str) -> list[str]:
    """What is wrong on each input; empty if nothing is."""
    try:
        names = runpy.run_path(str(HERE / file))
        if check["entry"] not in names:
            return [f"There is no {check['entry']} in {file}."]
        entry = names[check["entry"]]
    except Exception as error:  # noqa: BLE001  it is the student's, whatever it is
        return [_told(error, file)]
    run = _stepped if check["kind"] == "trajectory" else _called
    lines = []
    for i, case in enumerate(check["cases"], start=1):
        try:
            run(check, entry, case)
        except Wrong as wrong:
            lines.append(f"Input {i}: {wrong}")
        except Exception as error:  # noqa: BLE001  likewise
            lines.append(f"Input {i}: {_told(error, file)}")
    return lines


def _told(error: Exception, file: str) -> str:
    lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename.endswith(file)]
    return f"{type(error).__name__}: {error}" + (f" (line {lines[-1]})" if lines else "")


# a function


def _called(check: dict[str, Any], entry: Any, case: dict[str, Any]) -> None:
    functions = {name: _function(name, known) for name, known in case["functions"].items()}
    given = [functions.get(name, _value(case["arguments"].get(name))) for name in check["parameters"]]
    before = [copy.deepcopy(one) for one in given if not isinstance(one, Counted)]
    got = entry(*given)
    if check["intermediates"] and isinstance(got, dict):  # what is returned beside them does not count
        got = {name: value for name, value in got.items() if name in check["intermediates"]}
    compare_all(got, _value(case["expected"]), check["returns"], case)
    for name, bound in check["calls"].items():
        made, (kind, due) = functions[name].made, bound
        if made != due if kind == "exactly" else made > due:
            raise Wrong(f"{name} was called {made} times; {kind.replace('_', ' ')} {due} are asked for.")
    after = [one for one in given if not isinstance(one, Counted)]
    if check["unchanged"] and not all(map(_same, after, before)):
        raise Wrong("an argument was changed in place.")


class Counted:
    """A function that you are given, and how often you called it."""

    def __init__(self, name: str, answer: Callable[..., Any]) -> None:
        self.__name__, self.made = name, 0
        self._answer = answer

    def __call__(self, *args: Any) -> Any:
        """The answer at these arguments."""
        self.made += 1
        return self._answer(*args)


def _function(name: str, known: Any) -> Counted:
    """As its text defines it, or by the points at which it was called."""
    if not isinstance(known, str):
        return Counted(name, _recorded(name, known))
    defined: dict[str, Any] = {"np": np}
    exec(known, defined)  # noqa: S102  the text of the exercise, which you can read in checks.json
    return Counted(name, defined[name])


def _recorded(name: str, points: list[Any]) -> Callable[..., Any]:
    """A function that answers where the grader's own runs called it, and only there."""
    known = [(_value(args), answer) for args, answer in points]

    def answer(*args: Any) -> Any:
        for bound in (0.0, NEAR):
            for point, value in known:
                if _all_close(args, point, bound):
                    return _value(value)
        raise Wrong(f"{name} was called where this bundle has no answer: {_short(args)}.")

    return answer


def _all_close(args: Any, point: Any, bound: float) -> bool:
    return len(args) == len(point) and all(_close(a, b, bound) for a, b in zip(args, point, strict=True))


def _close(a: Any, b: Any, bound: float) -> bool:
    one, other = _array(a), _array(b)
    if one.dtype.kind not in "fciub" or other.dtype.kind not in "fciub" or one.shape != other.shape:
        return bool(one.shape == other.shape and np.all(one == other))
    return bool(np.all(np.abs(one - other) <= bound * np.maximum(1.0, np.abs(other))))


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    if a is None or b is None:
        return a is b
    return bool(np.array_equal(_array(a), _array(b), equal_nan=_array(a).dtype.kind in "fc"))


# an optimizer


def _stepped(check: dict[str, Any], entry: Any, case: dict[str, Any]) -> None:
    arguments = {name: _value(one) for name, one in case["arguments"].items()}
    params, expected = list(arguments["params"]), _value(case["expected"])
    optimizer = entry(list(params), **arguments.get("options", {}))
    position, changed = 0, False
    for k, step in enumerate(arguments["steps"], start=1):
        for name, value in step.get("set", {}).items():
            setattr(optimizer, name, value)
        before = copy.deepcopy(step["grads"])
        optimizer.step(step["grads"])
        changed = changed or not _same(step["grads"], before)
        try:
            compare_all(list(params), expected[k - 1], ["params"], case, position)
        except Wrong as wrong:
            raise Wrong(f"after step {k}, {wrong}") from None
        position += len(params)
    if check["unchanged"] and changed:
        raise Wrong("the gradients were changed in place.")


# comparison


def compare_all(got: Any, expected: Any, names: list[str], case: dict[str, Any], position: int = 0) -> None:
    """The gates, then every number against its bound. `position` is that of the first array."""
    if len(names) > 1 and not isinstance(got, tuple):
        raise Wrong(f"the result is a {type(got).__name__}; a tuple ({', '.join(names)}) is due.")
    if len(names) > 1 and len(got) != len(names):
        raise Wrong(f"the result has {len(got)} values; {len(names)} are due ({', '.join(names)}).")
    parts = zip(got, expected, names, strict=True) if len(names) > 1 else [(got, expected, names[0])]
    leaves = [leaf for one, due, name in parts for leaf in _leaves(one, due, name, case["dtypes"])]
    for i, (name, one, due) in enumerate(leaves):
        _compare(name, one, due, case["bound"], position + i)


def _leaves(got: Any, expected: Any, name: str, dtypes: list[str]) -> Iterator[tuple[str, Any, Any]]:
    """Every array with the expected one; raises Wrong where structure, shape or dtype differ."""
    if isinstance(expected, list | tuple):
        _due(type(got) is type(expected), name, got, f"a {type(expected).__name__}")
        _due(len(got) == len(expected), name, f"{len(got)} long", f"length {len(expected)}")
        for i, (one, due) in enumerate(zip(got, expected, strict=True)):
            yield from _leaves(one, due, f"{name}[{i}]", dtypes)
    elif isinstance(expected, dict):
        _due(type(got) is dict and set(got) == set(expected), name, got, f"a dict of {sorted(expected)}")
        for key in sorted(expected):
            yield from _leaves(got[key], expected[key], f'{name}["{key}"]', dtypes)
    elif expected is None or isinstance(expected, bool | int | str):
        kind = {bool: (bool, np.bool_), int: (int, np.integer)}.get(type(expected), type(expected))
        plain = isinstance(got, kind) and (isinstance(expected, bool) or not isinstance(got, bool))
        _due(plain and got == expected, name, got, repr(expected))
    else:
        yield name, *_numbers(got, expected, name, dtypes)


def _numbers(got: Any, expected: Any, name: str, dtypes: list[str]) -> tuple[Any, Any]:
    due = _array(expected)
    if due.ndim:
        _due(isinstance(got, type(expected)), name, got, f"a {type(expected).__name__}")
    else:
        _due(not getattr(got, "requires_grad", False) or _is_tensor(expected), name, got, "off the graph")
        numbers = float | complex | np.ndarray | np.generic
        _due(isinstance(got, numbers) or _is_tensor(got), name, got, "a float")
    one = _array(got)
    _due(one.shape == due.shape, name, f"of shape {one.shape}", f"shape {due.shape}")
    allowed = _allowed(due.dtype.kind, dtypes)
    _due(one.dtype.name in allowed, name, f"of dtype {one.dtype.name}", " or ".join(allowed[:2]))
    _due(not (~np.isfinite(one) & np.isfinite(due)).any(), name, "not finite everywhere", "a finite result")
    return one, due


def _allowed(kind: str, dtypes: list[str]) -> list[str]:
    if kind == "c":
        return ["complex128" if dtype == "float64" else "complex64" for dtype in dtypes]
    if kind == "b":
        return ["bool"]
    return dtypes if kind == "f" else [f"{sign}int{n}" for sign in ("", "u") for n in (64, 32, 16, 8)]


def _due(holds: bool, name: str, got: Any, due: str) -> None:
    if not holds:
        shown = got if isinstance(got, str) else f"{_short(got)} ({type(got).__name__})"
        raise Wrong(f"{name} is {shown}; {due} is due.")


def _compare(name: str, got: Any, expected: Any, rule: dict[str, Any], position: int) -> None:
    """The worst element that is out of bounds."""
    wide = np.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else np.float64
    got, expected = got.astype(wide), expected.astype(wide)
    with np.errstate(all="ignore"):
        error = np.where(got == expected, 0.0, np.abs(got - expected))
        bound = _bound(expected, error, rule, position)
        outside = ~(error <= bound)  # NaN compares false, so that it can never pass
        if not outside.any():
            return
        excess = np.where(outside, np.where(bound > 0, error / bound, error), -1.0)
    worst = int(np.argmax(np.where(np.isnan(excess), np.inf, excess)))
    at = tuple(int(i) for i in np.unravel_index(worst, error.shape))
    place = f"{name}[{', '.join(map(str, at))}]" if at else name
    off = f"off by {error[at]:.3g}, the bound is {bound[at]:.3g}"
    raise Wrong(f"{place} is {got[at].item():.12g}; {expected[at].item():.12g} is expected ({off}).")


def _bound(expected: Any, error: Any, rule: dict[str, Any], position: int) -> Any:
    """atol + rtol · |expected|, or a unit times the size of the result or of the terms that it is made of."""
    expected = np.where(np.isfinite(expected), expected, 0.0)
    if "rtol" in rule:
        return rule["atol"] + rule["rtol"] * np.abs(expected)
    unit, worst = rule["unit"], np.max(error, initial=0.0)
    bound = unit * np.max(np.abs(expected), initial=0.0)
    if worst > bound and worst <= LAZY * max(bound, unit) and position < len(rule["magnitudes"]):
        bound = max(bound, unit * rule["magnitudes"][position])
    return np.full(expected.shape, bound)


def _array(value: Any) -> Any:
    return value.detach().cpu().numpy() if _is_tensor(value) else np.asarray(value)


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "torch" and hasattr(value, "detach")


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


# values


def _value(node: Any) -> Any:
    """What checks.json says, as a value. Arrays are plain .npy files or lists: nothing is executed."""
    if isinstance(node, list):
        return [_value(one) for one in node]
    if not isinstance(node, dict):
        return node
    ((kind, said),) = node.items()
    return READERS[kind](said)


def _listed(said: dict[str, Any]) -> Any:
    return np.array(said["values"], dtype=said["dtype"]).reshape(said["shape"])


def _tensor(said: dict[str, Any]) -> Any:
    torch: Any = import_module("torch")  # only where the exercise is in torch
    return torch.tensor(_value(said["array"])).requires_grad_(said["requires_grad"])


READERS: dict[str, Callable[[Any], Any]] = {
    "array": _listed,
    "npy": lambda path: np.load(HERE / path, allow_pickle=False),
    "scalar": lambda said: _value(said)[()],
    "float": float,
    "tuple": lambda said: tuple(_value(one) for one in said),
    "dict": lambda said: {key: _value(one) for key, one in said.items()},
    "tensor": _tensor,
    "rng": np.random.default_rng,
}

if __name__ == "__main__":
    sys.exit(main())
