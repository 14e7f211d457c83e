"""The landscapes on which optimizers race: functions of two numbers and their gradients, in plain arithmetic.

The page draws the same ones (`race-math.ts`), and one table of values holds for both. The lowest value is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

Point = tuple[float, float]


@dataclass(frozen=True)
class Landscape:
    """A loss L(x, y) and ∇L."""

    loss: Callable[[float, float], float]
    gradient: Callable[[float, float], Point]


def _valley(x: float, y: float) -> float:
    return (x * x + 50 * y * y) / 2


def _valley_gradient(x: float, y: float) -> Point:
    return x, 50 * y


def _turned(x: float, y: float) -> float:
    return _valley(*_turn(x, y))


def _turned_gradient(x: float, y: float) -> Point:
    u, v = _turn(x, y)
    return (u - 50 * v) / sqrt(2), (u + 50 * v) / sqrt(2)


def _turn(x: float, y: float) -> Point:
    """Along the diagonal, across it."""
    return (x + y) / sqrt(2), (y - x) / sqrt(2)


def _bend(x: float, y: float) -> float:
    off = y - x * x / 2
    return ((1 - x) * (1 - x) + 20 * off * off) / 2


def _bend_gradient(x: float, y: float) -> Point:
    off = y - x * x / 2
    return x - 1 - 20 * off * x, 20 * off


def _plateau(x: float, y: float) -> float:
    q = x * x + 4 * y * y
    return q / (1 + q)


def _plateau_gradient(x: float, y: float) -> Point:
    q = x * x + 4 * y * y
    slope = 1 / ((1 + q) * (1 + q))
    return 2 * x * slope, 8 * y * slope


LANDSCAPES = {
    "valley": Landscape(_valley, _valley_gradient),  # ½(x² + 50y²)
    "turned": Landscape(_turned, _turned_gradient),  # the same, turned by 45°
    "bend": Landscape(_bend, _bend_gradient),  # ½(1 − x)² + 10(y − x²/2)²
    "plateau": Landscape(_plateau, _plateau_gradient),  # q/(1 + q), q = x² + 4y²
}
