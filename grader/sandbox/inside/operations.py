"""What a judge may ask of a box."""

from __future__ import annotations

import linecache
import operator
import sys
import types
from typing import Any

from .channel import Channel
from .decoding import decode
from .encoding import encode
from .graphs import OPERATORS, Block, Blocks, Graph, Node, differentiated
from .memory import Memory
from .objects import Objects, alike, foreign, snapshot
from .values import Handle
from .wire import Buffer, Kind
from .witness import Witness

_ARGUMENTS = {"call": 1, "new": 1, "method": 2}  # where the student's arguments are among the parameters
_FEW = 4 << 20  # bytes of a request whose arguments are compared afterwards with what they were


class CallError(RuntimeError):
    """A call that the judge refused."""


class Operations:
    """The objects and modules of one box, and what can be done with them."""

    def __init__(self, channel: Channel, memory: Memory, *, device: str = "") -> None:
        self.channel, self.memory = channel, memory
        self.objects = Objects(self.ask, device)
        self.modules: dict[str, types.ModuleType] = {}  # the last comes first where names are looked up
        self.sources: dict[str, list[str]] = {}
        self.nonce = 0
        self.answer: Any = None  # kept until the next: what is done when it is let go is done on the clock
        self.witness = Witness()

    def perform(self, nonce: int, data: Buffer) -> tuple[Any, ...]:
        """The payload of the answer to a request; raises whatever the student's code raises."""
        self.nonce = nonce
        name, parameters = self._decode(data)
        position = _ARGUMENTS.get(name)
        arguments = () if position is None else parameters[position]
        few = len(data) <= _FEW and not self.memory.fetched
        self.witness.watch(arguments, closely=few)
        result = getattr(self, "do_" + name)(*parameters)
        return (result, *self.witness.testify(result))

    def encode(self, value: Any, *, beside: bool = True) -> list[Buffer]:
        """A payload as buffers, large arrays `beside` it; what is no value becomes opaque."""
        return encode(value, foreign=foreign, memory=self.memory if beside else None)

    def ask(self, stub: int, arguments: tuple[Any, ...]) -> Any:
        """Have the judge answer a call of a stub."""
        self.channel.write(Kind.CALL, self.nonce, self.encode((stub, arguments)))
        kind, _, data = self.channel.receive()
        answer = self._decode(data)
        if kind == Kind.REFUSED:
            raise CallError(answer)
        return answer

    def do_load(self, source: str, filename: str, name: str, names: tuple[str, ...]) -> dict[str, str] | None:
        """Execute a source as a module that later ones can import; what kinds of things `names` then are.

        A module of the same name that was there before is gone.
        """
        self.sources[filename] = source.splitlines()
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        module = types.ModuleType(name)
        module.__file__ = filename
        sys.modules[name] = module
        self.modules.pop(name, None)
        self.modules[name] = module
        exec(_compile(source, filename), module.__dict__)  # noqa: S102  that is what a box is for
        return {one: _kind_of(module, one) for one in names} or None

    def do_front(self, name: str) -> None:
        """Look names up first in the module of that name."""
        self.modules[name] = self.modules.pop(name)

    def do_call(self, target: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call a function, or construct an object of a class and keep it."""
        function = self._find(target)
        result = function(*arguments, **options)
        return self.objects.keep(result) if isinstance(function, type) else result

    def do_new(self, target: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> Handle:
        """Call, and keep the result here."""
        return self.objects.keep(self._find(target)(*arguments, **options))

    def do_method(self, thing: Any, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call a method."""
        return self._keep_own(getattr(thing, name)(*arguments, **options))

    def do_operator(self, name: str, operands: tuple[Any, ...]) -> Any:
        """Apply an operator of Python's."""
        if name not in OPERATORS:
            raise ValueError(f"no such operator: {name}")
        return self._keep_own(len(*operands) if name == "len" else getattr(operator, name)(*operands))

    def do_get(self, thing: Any, name: str) -> Any:
        """An attribute."""
        return getattr(thing, name)

    def do_set(self, thing: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        setattr(thing, name, value)

    def do_drive(
        self,
        target: Any,
        params: list[Any],
        options: dict[str, Any],
        attributes: list[dict[str, Any]],
        gradients: list[list[Any]],
    ) -> tuple[list[list[Any]], bool, bool]:
        """Construct an object over parameters and step it; copies of the parameters after each step.

        Also whether gradients were changed, and whether the list that it was given holds something else now.
        """
        given, kept = list(params), list(params)
        thing = self._find(target)(given, **options)
        path, sent = [], []
        for values, grads in zip(attributes, gradients, strict=True):
            for name, value in values.items():
                setattr(thing, name, value)
            sent.append(snapshot(grads))
            thing.step(grads)
            # the arrays themselves are kept: a list whose entries were exchanged is no change of a parameter
            path.append(snapshot(kept))
        # at the end: a velocity that is the caller's gradient changes it a step later
        return path, not all(map(alike, gradients, sent)), not alike(given, kept)

    def do_differentiate(
        self,
        target: Any,
        leaves: list[Any],
        nodes: list[Node],
        outputs: list[int],
        names: tuple[str, str, str],
        switch: str,
        blocks: list[Block],
        refused: list[int],
    ) -> tuple[list[Any], list[Any], int, int]:
        """Build a graph of the student's objects and go backward from its outputs, each once it is there.

        Copies of the outputs' data, the gradients of the leaves after the last of them, how many of the
        values between are still alive, and how many exceptions did not leave their block.
        """
        make = self._find(target)
        no_grad = self._find(switch) if blocks else None
        graph = Graph([make(leaf) for leaf in leaves], nodes, outputs, Blocks(no_grad, blocks))
        return differentiated(graph, names, refused)

    def do_store(self, value: Any) -> Handle:
        """Keep a value here."""
        return self.objects.keep(value)

    def do_fetch(self, thing: Any) -> Any:
        """What a handle stands for."""
        return thing

    def do_has(self, name: str) -> str:
        """What kind of thing a name is; empty when it is not defined."""
        return next(
            (kind for module in reversed(self.modules.values()) if (kind := _kind_of(module, name))), ""
        )

    def _decode(self, data: Buffer) -> Any:
        return decode(data, extend=self.objects.extend, own=True, memory=self.memory)

    def _find(self, target: Any) -> Any:
        if type(target) is not str:
            return target
        for module in reversed(self.modules.values()):
            if target in module.__dict__:
                return module.__dict__[target]
        raise NameError(f"{target!r} is not defined")

    def _keep_own(self, result: Any) -> Any:
        """Objects of the student's own classes stay here; everything else is sent as a value."""
        own = any(type(result).__module__ == module.__name__ for module in self.modules.values())
        return self.objects.keep(result) if own else result


def _kind_of(module: types.ModuleType, name: str) -> str:
    if name not in module.__dict__:
        return ""
    thing = module.__dict__[name]
    return "class" if isinstance(thing, type) else "function" if callable(thing) else "value"


def _compile(source: str, filename: str) -> types.CodeType:
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except ValueError as error:  # a NUL, a lone surrogate
        raise SyntaxError(str(error), (filename, 1, 0, "")) from None
