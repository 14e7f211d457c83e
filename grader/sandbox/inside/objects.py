"""What stands in the box for the wire's tensors, handles, stubs and generators, and the way back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from .values import Handle, Opaque, Rng, Stub, Tensor
from .wire import Extension

_name_of = type.__dict__["__name__"].__get__  # a metaclass may lie about it
_module_of = type.__dict__["__module__"].__get__
# what a named tuple, an OrderedDict or numpy.str_ is besides; its own methods are not asked
_PLAIN: dict[type, Callable[[Any], Any]] = {
    tuple: lambda thing: tuple(tuple.__iter__(thing)),
    list: lambda thing: list(list.__iter__(thing)),
    dict: lambda thing: dict(dict.items(thing)),
    str: lambda thing: str.__add__("", thing),
}


class Objects:
    """The object table of one box."""

    def __init__(self, ask: Callable[[int, tuple[Any, ...]], Any], device: str = "") -> None:
        self.table: list[Any] = []
        self.ask = ask
        self.device = device  # where tensors go, if not into memory

    def keep(self, thing: Any) -> Handle:
        """Enter `thing`; its handle."""
        self.table.append(thing)
        kind = "object"
        if type(thing) is np.ndarray or is_tensor(thing):
            kind = "array"
        elif callable(thing):
            kind = "callable"
        return Handle(len(self.table) - 1, kind)

    def extend(self, value: Extension) -> Any:
        """What a decoded extension is here."""
        if isinstance(value, Handle):
            return self.table[value.id]
        if isinstance(value, Stub):
            return self._stub(value)
        if isinstance(value, Rng):
            return np.random.default_rng(value.seed)
        if isinstance(value, Tensor):
            tensor = sys.modules["torch"].from_numpy(value.array)
            tensor = tensor.to(self.device) if self.device else tensor
            return tensor.requires_grad_() if value.requires_grad else tensor
        raise TypeError("an opaque value cannot be sent to a box")

    def _stub(self, stub: Stub) -> Callable[..., Any]:
        def function(*arguments: Any) -> Any:
            return self.ask(stub.id, arguments)

        function.__name__ = function.__qualname__ = stub.name
        return function


def type_name(thing: Any) -> str:
    """The exact type, for a sentence: "float", "numpy.ndarray", "Value"."""
    cls = type(thing)
    module, name = _module_of(cls), _name_of(cls)
    root = module.partition(".")[0] if type(module) is str else ""
    return f"{root}.{name}" if root in ("numpy", "torch") else str(name)


def foreign(thing: Any) -> Any:
    """What is sent in place of something that is no value: the values of a tensor, the tuple that a named one
    is, or only the name of its type.
    """
    if is_tensor(thing):
        array = tensor_array(thing)
        if array is None:
            return Opaque(f"torch.Tensor of {thing.dtype}, {thing.layout}, on {thing.device}")
        return Tensor(array, thing.requires_grad)
    if type(thing) is np.ndarray:
        return Opaque(f"numpy.ndarray of dtype {thing.dtype}")
    for base, plain in _PLAIN.items():
        if issubclass(type(thing), base) and type(thing) is not base:
            return plain(thing)
    return Opaque(type_name(thing))


def is_tensor(thing: Any) -> bool:
    """Whether it is exactly a torch tensor or parameter; False where there is no torch."""
    torch = sys.modules.get("torch")
    return torch is not None and (type(thing) is torch.Tensor or type(thing) is torch.nn.Parameter)


def tensor_array(thing: Any) -> np.ndarray[Any, Any] | None:
    """A tensor's numbers; None for one that holds no plain ones."""
    try:
        array: np.ndarray[Any, Any] = thing.detach().cpu().resolve_conj().resolve_neg().numpy()
    except (TypeError, RuntimeError):  # sparse, quantised, meta, bfloat16, ...
        return None
    return array


def snapshot(things: list[Any]) -> list[Any]:
    """Copies of the arrays and tensors in a list."""
    return [
        thing.copy() if type(thing) is np.ndarray else thing.detach().clone() if is_tensor(thing) else thing
        for thing in things
    ]


def alike(things: Any, others: list[Any]) -> bool:
    """Whether a list holds the same numbers as another."""
    return type(things) is list and len(things) == len(others) and all(map(_same, things, others))


def _same(one: Any, other: Any) -> bool:
    if is_tensor(one) and is_tensor(other):
        one, other = tensor_array(one), tensor_array(other)
    if type(one) is np.ndarray and type(other) is np.ndarray:
        return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    return one is other
