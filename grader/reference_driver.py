"""Loaded as text into the reference box, after the author's reference.py; never imported by the judge.

It makes the inputs, takes gradients with autograd, steps the author's optimizers, and answers the calls
that a student's code makes of `f`, `grad` and the like. What it returns is data to the judge, and validated
there.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

# by name: only this box has them, and the judge's own imports must show no torch
torch: Any = import_module("torch")
TorchDispatchMode: Any = import_module("torch.utils._python_dispatch").TorchDispatchMode
reference: Any = import_module("reference")

CASES: list[dict[str, Any]] = []  # the inputs that are asked about
OPEN: dict[int, list[dict[str, Any]]] = {}  # all inputs that there are, by the number of their check
STEPS = (2.0**-20, 2.0**-25)  # relative sizes of the two perturbations in `magnitudes`
PATTERNS = 3  # of signs at least; for as many numbers as CODED at most, enough to part any two of them
CODED = 4096
NOISES, MANY = 8, 1000  # runs with every result changed; one where there are more operations than that
DIRECTIONS = 3
TOGETHER = 1 << 20  # bytes of answers that are sent before they are asked for
PLAIN = 32  # bytes that a plain value counts there: a message has a bound on their number, too
MAKERS = {"trajectory": "histories", "program": "programs"}  # all others have `cases`
NUDGE, JUMP = 1e-7, 1e-3  # a gradient that changes by so much over so little has a kink there


class Unfit(Exception):
    """Something in reference.py is not as it has to be; the message says what, and is shown alone."""


def about(number: int, name: str, *args: Any) -> Any:
    """What a function below says of the inputs with that number."""
    global CASES
    CASES = OPEN[number]
    return globals()[name](*args)


def open_cases(
    number: int, kept: list[int], made_from: str | dict[str, Any], seed: int, kind: str, asked: list[Any]
) -> tuple[int, list[Any]]:
    """Make the inputs of one check, or the one of an example; how many there are, and what `question` says of
    the first of them, if it is `asked` anything. Of all others those with the numbers `kept` stay.

    In an example lists of numbers are arrays, and MARKS say what else there is.
    """
    for old in set(OPEN) - set(kept):
        del OPEN[old]
    if isinstance(made_from, dict):
        OPEN[number] = [READERS.get(kind, _from_toml)(made_from)]
    else:
        OPEN[number] = _inputs(MAKERS.get(kind, "cases"), np.random.default_rng(seed), made_from)
    return len(OPEN[number]), about(number, "first", asked)


def _inputs(maker: str, rng: Any, group: str) -> list[dict[str, Any]]:
    found = _author(maker)(rng, group)
    if isinstance(found, dict) or not hasattr(found, "__iter__"):
        raise Unfit(f"{maker} returns a {type(found).__name__}, expected a list of dicts")
    cases = list(found)
    for case in cases:
        if not isinstance(case, dict):
            raise Unfit(
                f"{maker} returns a list with a {type(case).__name__} in it, expected a list of dicts"
            )
    return [dict(case) for case in cases]


def _author(name: str) -> Any:
    """What reference.py has under that name."""
    if not hasattr(reference, name):
        raise Unfit(f"nothing in it is named {name}")
    return getattr(reference, name)


def first(asked: list[Any]) -> list[Any]:
    """What `question` says, of as many as are small together; of none if nothing is asked yet."""
    answers: list[Any] = []
    size = 0
    for i in range(len(CASES) if asked else 0):
        kind, name, wrt, upstream, seed = asked
        answers.append(question(i, kind, name, wrt, upstream, seed + i))
        size += _extent(answers[-1])
        if size > TOGETHER:
            break
    return answers


def question(
    i: int, kind: str, function: str, wrt: list[str], upstream: str, seed: int
) -> tuple[dict[str, Any], dict[str, str], Any]:
    """The input itself, what is read of those arguments that are functions, and the author's answer."""
    values = {name: value for name, value in CASES[i].items() if not callable(value)}
    functions = {name: _written(name, value) for name, value in CASES[i].items() if callable(value)}
    if kind == "gradient":
        values[upstream], found = gradient(i, function, wrt, upstream, seed)
        return values, functions, found[0] if len(found) == 1 else found
    if kind == "property":
        return values, functions, None  # the answer is looked into, and not compared
    if kind == "formula":
        return values, functions, derivative(CASES[i], function, wrt)
    found = ANSWERS.get(kind, _value)(CASES[i], function)
    return _in_columns(values) if kind == "trajectory" else values, functions, found


def _in_columns(history: dict[str, Any]) -> dict[str, Any]:
    """With the gradients of all steps in one list, and what is set before each in another: so they take a
    third of the time to be sent. As it is where the steps are not what they should be, for the judge to say.
    """
    steps = history.get("steps")
    if type(steps) is not list or not all(map(_is_step, steps)):
        return history
    rest = {name: value for name, value in history.items() if name != "steps"}
    return {
        **rest,
        "gradients": [one["grads"] for one in steps],
        "settings": [one.get("set") for one in steps],
    }


def _is_step(value: Any) -> bool:
    return type(value) is dict and {"grads"} <= set(value) <= {"grads", "set"}


def variant(i: int, given: dict[str, Any], *asked: Any) -> tuple[int, tuple[Any, ...]]:
    """One more case: that of index i with other values; its index, and what `question` says of it."""
    functions = {name: value for name, value in CASES[i].items() if callable(value)}
    CASES.append({**functions, **given})
    j = len(CASES) - 1
    if asked[0] == "program" and _has_kink(CASES[j], asked[1]):
        raise ValueError("a gradient that jumps, where more than one answer is right")
    return j, question(j, *asked)


def answer(i: int, name: str, args: tuple[Any, ...]) -> Any:
    """What the callable argument returns."""
    return _detached(CASES[i][name](*args))


def _written(name: str, value: Any) -> str:
    """Python text that defines a callable argument, where the author has given it one."""
    text = value.as_python(name) if hasattr(value, "as_python") else ""
    if not isinstance(text, str):
        raise Unfit(f"as_python of {name} returns a {type(text).__name__}, expected text")
    return text


def answer_as_written(i: int, name: str, args: tuple[Any, ...]) -> Any:
    """What the callable argument would return if it were what its text says."""
    defined: dict[str, Any] = {"np": np}
    exec(_written(name, CASES[i][name]), defined)  # noqa: S102  the author's, in the author's box
    return _detached(defined[name](*args))


def residuals(i: int, function: str, result: Any) -> dict[str, float]:
    """The numbers that the author's property finds in a student's answer, which the judge has passed."""
    found = _author(function)(**_private(CASES[i]), result=result)
    try:
        return {str(name): float(value) for name, value in found.items()}
    except ValueError as error:  # which the author's function raises to refuse an answer
        raise TypeError(f"expected numbers: {error}") from error


def expected(i: int, function: str) -> Any:
    """The author's answer."""
    return _value(CASES[i], function)


def loss(i: int, function: str, target: str, predictions: Any) -> float:
    """The author's loss of a student's predictions."""
    return float(_author(function)(predictions, _private(CASES[i][target])))


def _value(case: dict[str, Any], function: str) -> Any:
    found = _detached(_author(function)(**_private(case)))
    if found is None:
        raise Unfit(f"{function} returns None")
    return found


def gradient(i: int, function: str, wrt: list[str], upstream: str, seed: int) -> tuple[Any, Any]:
    """A random upstream of the output's shape, and the vector-Jacobian products with it, in the order of
    `wrt`.
    """
    inputs, y = _forward(CASES[i], function, wrt)
    given = CASES[i].get(upstream)
    dy = _upstream(y, CASES[i], wrt, seed) if given is None else _double(given)
    grads = _vjp(inputs, y, dy)
    return _like(CASES[i][wrt[0]], dy), tuple(
        _like(CASES[i][name], g) for name, g in zip(wrt, grads, strict=True)
    )


def derivative(case: dict[str, Any], function: str, wrt: list[str]) -> float:
    """Of a function of numbers, with respect to the first of `wrt`; its value if there is none."""
    if not wrt:
        return float(_author(function)(**case))
    inputs, y = _forward(case, function, wrt)
    return float(_vjp(inputs, y, torch.ones_like(y))[0])


def value(i: int, function: str, wrt: list[str]) -> Any:
    """The author's forward, which takes the arguments named in `wrt` as tensors."""
    return _detached(_forward(CASES[i], function, wrt)[1])


def magnitudes(i: int, kind: str, function: str, wrt: list[str], upstream: str, seed: int) -> list[float]:
    """For each array of the answer, the size of the terms it is made of.

    Measured as the change of the answer for a relative change of every input element, divided by it: for a
    sum of products that is the root of the sum of their squares, and cancellation does not make it small. Of
    few numbers also for a change of every result on the way, as rounding makes it (Monte Carlo arithmetic,
    D. S. Parker, 1997): in p (dy − Σ p dy) with p near 1 what cancels is one input, twice. Where the two
    sizes of change disagree the answer jumps (a kink, a tie), and this says nothing: 0; nor does it where the
    author's code refuses what lies beside the input.
    """
    rng = np.random.default_rng([seed, i, 1])
    case = dict(CASES[i])
    if kind == "gradient":
        case.setdefault(upstream, gradient(i, function, wrt, upstream, seed)[0])

    def leaves(changed: dict[str, Any]) -> list[Any]:
        return list(_leaves(_answer(changed, kind, function, wrt, upstream)))

    centre = leaves(case)
    found = np.zeros(len(centre))
    n, operations = _count(case, kind), 0

    def look(moved: Callable[[float], list[Any]]) -> None:
        try:
            sizes = [_response(moved(step), centre, step) for step in STEPS]
        except Exception:  # noqa: BLE001  beside the input may lie what the author's code refuses
            return
        smooth = (sizes[0] <= 4 * sizes[1]) & (sizes[1] <= 4 * sizes[0])
        np.maximum(found, np.where(smooth, sizes[1], 0.0), out=found)

    def with_inputs_changed(pattern: Callable[[], Signs], step: float) -> list[Any]:
        return leaves(_perturbed(case, kind, step, pattern()))

    def with_results_changed(noise: int, step: float) -> list[Any]:
        nonlocal operations
        with _Rounding(step, noise) as rounding:
            moved = leaves(case)
        operations = rounding.operations
        return moved

    for pattern in _patterns(n, rng):
        look(partial(with_inputs_changed, pattern))
    for noise in rng.integers(2**31, size=NOISES if n <= CODED else 0):
        look(partial(with_results_changed, int(noise)))
        if operations > MANY:  # which a program can have of few numbers
            break
    return [float(one) for one in found]


class _Rounding(TorchDispatchMode):  # type: ignore[misc]  # of torch, which is not there to be looked at
    """Every result of torch's, times 1 ± step with random signs."""

    def __init__(self, step: float, seed: int) -> None:
        super().__init__()
        self.step, self.rng = step, np.random.default_rng(seed)
        self.operations = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.operations += 1
        found = func(*args, **(kwargs or {}))
        views = [one.alias_info is not None for one in func._schema.returns]  # or what was written in place
        if any(views) or not isinstance(found, torch.Tensor | tuple):
            return found
        return tuple(map(self._off, found)) if isinstance(found, tuple) else self._off(found)

    def _off(self, result: Any) -> Any:
        if not isinstance(result, torch.Tensor) or not result.is_floating_point():
            return result
        signs = self.rng.choice([-1.0, 1.0], size=tuple(result.shape))
        return result * torch.as_tensor(1 + self.step * signs, dtype=result.dtype)


def disagreement(i: int, function: str, wrt: list[str], seed: int) -> float:
    """How far autograd is from central differences of the author's forward along random directions,
    relatively.

    The smallest over two steps; along each direction both are scalars ⟨dy, J v⟩.
    """
    case = CASES[i]
    inputs, y = _forward(case, function, wrt)
    dy = _upstream(y, {}, [], seed)
    grads = _vjp(inputs, y, dy)
    generator = torch.Generator().manual_seed(seed % 2**63)
    errors = []
    for _ in range(DIRECTIONS):
        v = [torch.randn(one.shape, generator=generator, dtype=torch.float64) for one in inputs]
        slope = sum(float((g * d).sum()) for g, d in zip(grads, v, strict=True))
        both = [_slope_error(case, function, wrt, dy, v, slope, h) for h in (1e-5, 1e-7)]
        errors.append(float(np.fmin.reduce(both)))
    return float(np.max(errors))  # NaN if there is one


# autograd


def _forward(case: dict[str, Any], function: str, wrt: list[str]) -> tuple[list[Any], Any]:
    case = _private(case)
    for name in wrt:
        if name not in case:
            raise Unfit(f"`wrt` names {name}, and the input has no {name} but {', '.join(map(str, case))}")
    inputs = [_double(case[name]).detach().requires_grad_() for name in wrt]
    case.update(zip(wrt, inputs, strict=True))
    return inputs, _author(function)(**_accepted(case, function))


def _accepted(case: dict[str, Any], function: str) -> dict[str, Any]:
    """Without an upstream that an example gives: the forward does not take it."""
    code = _author(function).__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return case if code.co_flags & 0x08 else {name: case[name] for name in names if name in case}


def _vjp(inputs: list[Any], y: Any, dy: Any) -> list[Any]:
    dy = dy.to(y.dtype).reshape(y.shape)
    return list(torch.autograd.grad(y, inputs, dy, materialize_grads=True))


def _upstream(y: Any, case: dict[str, Any], wrt: list[str], seed: int) -> Any:
    """N(0, 1), in float32 where the inputs are: the student's copy and the reference's are the same
    numbers.
    """
    generator = torch.Generator().manual_seed(seed % 2**63)
    dy = torch.randn(y.shape, generator=generator, dtype=torch.float64)
    single = [str(getattr(case.get(name), "dtype", "")).endswith("float32") for name in wrt]
    return dy.to(torch.float32) if single and all(single) else dy


def _slope_error(
    case: Any, function: str, wrt: list[str], dy: Any, v: list[Any], slope: float, h: float
) -> float:
    values = []
    for sign in (1, -1):
        moved = dict(case)
        for name, direction in zip(wrt, v, strict=True):
            moved[name] = _double(case[name]) + sign * h * direction
        values.append((_forward(moved, function, wrt)[1].detach() * dy).sum())
    difference = float(values[0] - values[1]) / (2 * h)
    return abs(difference - slope) / max(abs(slope), 1e-3)


# optimizers


def _trajectory(case: dict[str, Any], name: str) -> list[list[Any]]:
    params = [np.array(p) for p in case["params"]]
    optimizer = _author(name)(params, **_private(case.get("options", {})))
    path = []
    for step in case["steps"]:
        for attribute, value in step.get("set", {}).items():
            setattr(optimizer, attribute, value)
        optimizer.step(_private(list(step["grads"])))
        path.append([np.array(_detached(p)) for p in params])
    return path


# programs


def _program(case: dict[str, Any], name: str) -> tuple[Any, ...]:
    """The outputs' values and the leaves' gradients, by autograd in float64.

    Methods are those of the class `name` of reference.py, where it has them, or torch's own.
    """
    leaves = [_double(np.array(leaf)).requires_grad_() for leaf in case["leaves"]]
    nodes, values, outputs = case["nodes"], list(leaves), []
    for position, k in enumerate(case.get("outputs") or [len(leaves) + len(nodes) - 1]):
        while len(values) <= k:
            values.append(_made(nodes[len(values) - len(leaves)], values, getattr(reference, name, None)))
        if values[k].ndim:
            raise ValueError(f"the output {k} has shape {tuple(values[k].shape)}: one number is due")
        if position in (case.get("refused") or ()):
            outputs.append(1.0)
            continue
        if values[k].requires_grad:
            values[k].backward(retain_graph=True)
        outputs.append(float(values[k].detach()))
    grads = [_gradient_of(leaf, given) for leaf, given in zip(leaves, case["leaves"], strict=True)]
    if not all(np.isfinite(one).all() for one in (*outputs, *grads)):
        raise ValueError("a result or a gradient that is not finite")
    return (*outputs, *grads)


def _made(node: dict[str, Any], values: list[Any], methods: Any) -> Any:
    """A value, recorded unless it stands in a block of no_grad."""
    with torch.set_grad_enabled(not node.get("no_grad")):
        return _applied(node, values, methods)


def _applied(node: dict[str, Any], values: list[Any], methods: Any) -> Any:
    given = [values[one] if type(one) is int else _constant(one) for one in node["of"]]
    options = dict(node.get("options", {}))
    for _ in range(node.get("times", 1)):
        if node["op"] == "getitem":
            given[0] = given[0][_key(options["key"])]
        elif hasattr(methods, node["op"]):
            given[0] = getattr(methods, node["op"])(*given, **options)
        elif hasattr(operator, node["op"]):
            given[0] = getattr(operator, node["op"])(*given)
        else:
            given[0] = getattr(given[0], node["op"])(*given[1:], **options)
    return given[0]


def _constant(value: Any) -> Any:
    return _double(value) if isinstance(value, np.ndarray) else value


def _key(parts: list[Any]) -> tuple[Any, ...]:
    """An index of torch's; a text like "1:" stands for a slice."""
    return tuple(map(_part, parts))


def _part(part: Any) -> Any:
    if type(part) is str:
        return slice(*(int(bound) if bound else None for bound in part.split(":")))
    return torch.as_tensor(part) if isinstance(part, np.ndarray) else part


def _gradient_of(leaf: Any, given: Any) -> Any:
    """An array for an array, a float for a float; zeros where no output depends on the leaf."""
    found = torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
    return found.numpy() if isinstance(given, np.ndarray) else float(found)


def _has_kink(case: dict[str, Any], name: str) -> bool:
    """Whether the gradients on two sides of the leaves are far apart."""
    rng = np.random.default_rng(0)
    away = [NUDGE * rng.choice([-1.0, 1.0], size=np.shape(leaf)) for leaf in case["leaves"]]
    sides = []
    for sign in (1, -1):
        leaves = [leaf + sign * d for leaf, d in zip(case["leaves"], away, strict=True)]
        sides.append(_program({**case, "leaves": leaves}, name))
    return any(_largest(a - b) > JUMP * (1 + _largest(a)) for a, b in zip(*sides, strict=True))


def _largest(array: Any) -> float:
    return float(np.max(np.abs(array), initial=0.0))


# the size of terms


def _answer(case: dict[str, Any], kind: str, function: str, wrt: list[str], upstream: str) -> Any:
    if kind == "gradient":
        inputs, y = _forward({k: v for k, v in case.items() if k != upstream}, function, wrt)
        return _vjp(inputs, y, _double(case[upstream]))
    if kind == "formula":
        return derivative(case, function, wrt)
    return ANSWERS.get(kind, _value)(case, function)


Signs = Callable[[tuple[int, ...]], Any]  # for the next numbers of an input, in this shape


def _patterns(n: int, rng: Any) -> Iterator[Callable[[], Signs]]:
    """Signs for n numbers, again and again. Terms that cancel show only where their signs differ: so of few
    numbers any two have different ones in some pattern, for each has a code, and a pattern is a digit of it.
    """
    digits = max(n - 1, 1).bit_length() if n <= CODED else 0
    codes = rng.permutation(n) if digits else None
    for digit in range(digits):
        yield partial(_coded, codes, digit)
    for _ in range(PATTERNS - digits):
        yield partial(_drawn, int(rng.integers(2**31)))


def _coded(codes: Any, digit: int) -> Signs:
    left = iter(1.0 - 2.0 * ((codes >> digit) & 1))
    return lambda shape: np.fromiter(left, float, math.prod(shape)).reshape(shape)


def _drawn(seed: int) -> Signs:
    rng = np.random.default_rng(seed)
    return lambda shape: rng.choice([-1.0, 1.0], size=shape)


def _count(case: dict[str, Any], kind: str) -> int:
    """How many numbers of an input are perturbed."""
    sizes: list[int] = []

    def counted(shape: tuple[int, ...]) -> Any:
        sizes.append(math.prod(shape))
        return np.ones(shape)

    _perturbed(case, kind, 0.0, counted)
    return sum(sizes)


def _perturbed(case: dict[str, Any], kind: str, step: float, signs: Signs) -> dict[str, Any]:
    """Every float array, and every float but those of optimizers, times 1 ± step."""

    def change(value: Any, top: bool) -> Any:
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            return value * torch.as_tensor(1 + step * signs(tuple(value.shape)))
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value * (1 + step * signs(value.shape))
        if isinstance(value, float) and top and kind != "trajectory":
            return value * (1 + step * float(signs(())))
        if isinstance(value, list | tuple):
            return type(value)(change(one, False) for one in value)
        if isinstance(value, dict):
            return {key: change(one, False) for key, one in value.items()}
        return value

    if kind == "program":
        leaves = [leaf * (1 + step * signs(np.shape(leaf))) for leaf in case["leaves"]]
        nodes = [
            # a constant beside a power is its exponent, whose change leads out of the real numbers
            node if node["op"] == "pow" else {**node, "of": [change(one, True) for one in node["of"]]}
            for node in case["nodes"]
        ]
        return {**case, "leaves": leaves, "nodes": nodes}
    return {name: change(value, True) for name, value in case.items()}


def _response(moved: list[Any], centre: list[Any], step: float) -> Any:
    changes = [np.max(np.abs(a - b), initial=0.0) / step for a, b in zip(moved, centre, strict=True)]
    return np.nan_to_num(np.array(changes), nan=0.0, posinf=0.0)


def _extent(value: Any) -> int:
    """Bytes of arrays, and a few for every plain value."""
    if isinstance(value, dict):
        return PLAIN + sum(map(_extent, value.values()))
    if isinstance(value, list | tuple):
        return PLAIN + sum(map(_extent, value))
    return PLAIN + int(getattr(value, "nbytes", 0))


def _leaves(value: Any) -> Any:
    """Arrays and floats in the order in which the judge compares them."""
    if isinstance(value, torch.Tensor):
        yield value.detach().numpy().astype(np.float64)
    elif isinstance(value, np.ndarray | np.generic | float):
        yield np.asarray(value, dtype=np.float64)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from _leaves(value[key])


# values


def _double(value: Any) -> Any:
    """A float64 tensor; a Python float must not pass through torch's default of float32."""
    return torch.as_tensor(value, dtype=torch.float64)


def _private(value: Any) -> Any:
    """A copy that the author's code may write to."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, torch.Tensor):
        return value.detach().clone().requires_grad_(value.requires_grad)
    if isinstance(value, list | tuple):
        return type(value)(_private(one) for one in value)
    if isinstance(value, dict):
        return {key: _private(one) for key, one in value.items()}
    return value


def _detached(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach()
    if isinstance(value, list | tuple):
        return type(value)(_detached(one) for one in value)
    if isinstance(value, dict):
        return {key: _detached(one) for key, one in value.items()}
    return value


def _like(value: Any, tensor: Any) -> Any:
    """A tensor for a tensor, an array for everything else."""
    return tensor if isinstance(value, torch.Tensor) else tensor.numpy()


def _history(arguments: dict[str, Any]) -> dict[str, Any]:
    """Each entry of `params` and `grads` is an array; the text "None" is a gradient left out."""
    return {
        "params": [np.array(p, dtype=np.float64) for p in arguments["params"]],
        "options": {
            name: tuple(v) if isinstance(v, list) else v for name, v in arguments.get("options", {}).items()
        },
        "steps": [{**step, "grads": [_gradient(g) for g in step["grads"]]} for step in arguments["steps"]],
    }


def _graph(arguments: dict[str, Any]) -> dict[str, Any]:
    """Lists of numbers among leaves and operands are arrays, and lists in a key are arrays of indices; whole
    numbers stay what they are.
    """
    nodes = [
        {**node, "of": list(map(_from_toml, node["of"])), "options": _options(node.get("options", {}))}
        for node in arguments["nodes"]
    ]
    return {**arguments, "leaves": list(map(_from_toml, arguments["leaves"])), "nodes": nodes}


def _options(given: dict[str, Any]) -> dict[str, Any]:
    if "key" not in given:
        return given
    return {**given, "key": [np.array(one) if isinstance(one, list) else one for one in given["key"]]}


def _gradient(value: Any) -> Any:
    return None if value == "None" else np.array(value, dtype=np.float64)


def _from_toml(value: Any) -> Any:
    if isinstance(value, dict):
        if len(value) == 1 and (mark := next(iter(value))) in MARKS:
            return MARKS[mark](value[mark])
        return {key: _from_toml(one) for key, one in value.items()}
    if isinstance(value, list):
        numeric = _is_array(value)
        return np.array(value, dtype=np.float64) if numeric else [_from_toml(one) for one in value]
    return value


def _is_array(value: Any) -> bool:
    """Numbers, or lists of numbers all the way down; an empty list is an array too."""
    if isinstance(value, list):
        return all(_is_array(one) for one in value) and len({_length(one) for one in value}) <= 1
    return isinstance(value, int | float) and not isinstance(value, bool)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else -1


# what {mark = ...} in an example stands for; a list is one also where its elements are arrays of one shape
MARKS: dict[str, Callable[[Any], Any]] = {
    "callable": _author,
    "tuple": lambda parts: tuple(map(_from_toml, parts)),
    "list": lambda parts: list(map(_from_toml, parts)),
    "tensor": lambda numbers: torch.tensor(numbers, dtype=torch.float32),
}
READERS = {"trajectory": _history, "program": _graph}  # of the one input of an example
# expected values, where they are not those of a function; a target is what predictions should look like
ANSWERS: dict[str, Callable[[dict[str, Any], str], Any]] = {
    "trajectory": _trajectory,
    "program": _program,
    "training": lambda case, target: case[target],
}
