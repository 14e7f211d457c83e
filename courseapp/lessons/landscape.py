"""The course map's landscape: the units are the iterates of gradient descent, computed here.

The loss is f(x, y) = k·δ²·(√(1 + (x/δ)²) − 1) + y²/2 about its minimum: a long slope that flattens near the
end, across a round valley. The steps along x are nearly equal at first, and y changes its sign at every step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sqrt


@dataclass(frozen=True)
class View:
    """A drawing surface with the start and the minimum in it, in its own pixels."""

    width: int
    height: int
    start: tuple[float, float]
    minimum: tuple[float, float]
    softness: float  # δ: how far from the minimum the slope begins to flatten
    radius: int
    levels: int
    names: bool


WIDE = View(1200, 400, (92, 78), (1118, 205), softness=103, radius=17, levels=12, names=True)
PHONE = View(360, 230, (30, 44), (326, 118), softness=30, radius=13, levels=11, names=False)

OVERSHOOT = 0.9  # each step lands this fraction of the error on the other side of the valley
RATE = 1 + OVERSHOOT  # the learning rate, for a curvature of 1 across the valley
SAMPLES = 48  # points on half a level curve

Curve = Callable[[float], float]


@dataclass(frozen=True)
class Node:
    """A unit on the map."""

    x: float
    y: float
    number: int
    name: str
    state: str  # past | here | todo
    above: bool


@dataclass(frozen=True)
class Edge:
    """The step from one unit to the next, cut back from both circles."""

    x1: float
    y1: float
    x2: float
    y2: float
    done: bool


@dataclass(frozen=True)
class Landscape:
    """What the template draws."""

    view: View
    contours: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def landscape(view: View, units: list[tuple[int, str, str]]) -> Landscape:
    """The map of units given as (number, name, state)."""
    points = iterates(view, len(units))
    nodes = tuple(
        Node(round(x, 1), round(y, 1), number, name, state, above=y < view.minimum[1])
        for (x, y), (number, name, state) in zip(points, units, strict=True)
    )
    edges = tuple(_edge(a, b, view.radius, done=_walked(a) and _walked(b)) for a, b in pairwise(nodes))
    return Landscape(view, contours(view, points), nodes, edges)


def _walked(node: Node) -> bool:
    return node.state in ("past", "here")


def iterates(view: View, count: int) -> list[tuple[float, float]]:
    """The first points of gradient descent from the view's start."""
    slope = _slope(view, count)
    x, y = view.start[0] - view.minimum[0], view.start[1] - view.minimum[1]
    points = []
    for _ in range(count):
        points.append((view.minimum[0] + x, view.minimum[1] + y))
        x -= RATE * slope * x / sqrt(1 + (x / view.softness) ** 2)
        y -= RATE * y
    return points


def _slope(view: View, count: int) -> float:
    """The k at which the last of count points lies just before the minimum, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        k = (low + high) / 2
        x = view.start[0] - view.minimum[0]
        for _ in range(count - 1):
            x -= RATE * k * x / sqrt(1 + (x / view.softness) ** 2)
        low, high = (k, high) if x < -view.softness / 7 else (low, k)
    return low


def contours(view: View, points: list[tuple[float, float]]) -> tuple[str, ...]:
    """Level curves, as paths: y = ±√(2(level − g(x))), spaced so that they are about equally far apart."""
    slope = _slope(view, len(points))

    def along(x: float) -> float:
        return slope * view.softness**2 * (sqrt(1 + (x / view.softness) ** 2) - 1)

    reach = 1.25 * view.minimum[0]
    halves = (reach * (i / view.levels) ** 1.05 for i in range(1, view.levels + 1))
    return tuple(_level(view, along, along(half)) for half in halves)


def _level(view: View, along: Curve, level: float) -> str:
    half = _half_width(along, level)
    across = [-half * cos(pi * i / SAMPLES) for i in range(SAMPLES + 1)]
    upper = [(x, sqrt(max(0.0, 2 * (level - along(x))))) for x in across]
    ring = [(x, -y) for x, y in upper] + [(x, y) for x, y in reversed(upper)]
    at = (f"{view.minimum[0] + x:.1f} {view.minimum[1] + y:.1f}" for x, y in ring)
    return "M" + "L".join(at) + "Z"


def _half_width(along: Curve, level: float) -> float:
    low, high = 0.0, 1e5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if along(middle) < level else (low, middle)
    return low


def _edge(a: Node, b: Node, radius: int, *, done: bool) -> Edge:
    length = sqrt((b.x - a.x) ** 2 + (b.y - a.y) ** 2)
    dx, dy = (b.x - a.x) / length * radius, (b.y - a.y) / length * radius
    return Edge(round(a.x + dx, 1), round(a.y + dy, 1), round(b.x - dx, 1), round(b.y - dy, 1), done)
