"""The figures a lesson can call by name: custom elements that the browser draws, and plots computed here."""

from collections.abc import Callable
from html import escape

WIDE = frozenset(
    {"activation", "chain", "depth", "descent", "difference", "momentum", "race", "saddle", "schedule"}
)

Options = dict[str, str]


def figure(name: str, options: Options) -> str:
    """The HTML of a figure, without its caption."""
    draw = FIGURES.get(name)
    if draw is None:
        return f"<p>The figure <i>{escape(name)}</i> is in preparation.</p>"
    return draw(options)


def _moving(element: str, words: str, **options: str) -> str:
    """A figure that the browser draws; its words stand where no script runs."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in options.items())
    return (
        f'<{element} class="moving"{given}><p>{escape(words)} '
        f"Moving the figure needs JavaScript.</p></{element}>"
    )


def _descent(options: Options) -> str:
    eta, start = options.get("eta", "0.3"), options.get("start", "-2.2,0.15")
    where = start.replace(",", ", ").replace("-", "−")
    words = (
        f"Twenty steps of gradient descent on a bowl with curvatures 1 and 6, from ({where}) with η = {eta}. "
        "Past η = 1/3 they diverge."
    )
    return _moving("descent-figure", words, eta=eta, start=start)


def _difference(options: Options) -> str:
    f, x, h = options.get("f", "sin"), options.get("x", "1"), options.get("h", "1e-5")
    words = (
        "The error of the central difference against its step h, on logarithmic axes: a V. On the right "
        "truncation, which falls with h²; on the left rounding, which grows with 1/h. In float32 the bottom "
        "lies near h = 0.01, in float64 near h = 0.00001, for sin x at x = 1."
    )
    return _moving("difference-figure", words, f=f, x=x, h=h)


def _activation(options: Options) -> str:
    f, x, tail = options.get("f", "gelu"), options.get("x", "-1"), options.get("tail", "12")
    words = (
        "ReLU, leaky ReLU, GELU, its tanh form, SiLU and the sigmoid, with their derivatives. At x = −1 GELU "
        "is −0.1587 and falls, with slope −0.0833. In float32 the sigmoid 1/(1 + exp(−x)) is 0 below "
        "x = −88.7, and its derivative σ(1 − σ) is 0 above x = 17."
    )
    return _moving("activation-figure", words, f=f, x=x, tail=tail)


def _momentum(options: Options) -> str:
    eta, mu, kappa = options.get("eta", "0.0533"), options.get("mu", "0.5"), options.get("kappa", "25")
    words = (
        f"Momentum on a bowl with curvatures from 1 to {kappa}, with η = {eta} and μ = {mu}. It is stable "
        "while η lies between 0 and 2(1 + μ) over the largest curvature. Where a direction swings, each step "
        "keeps √μ of its error, whatever its curvature."
    )
    return _moving("momentum-figure", words, eta=eta, mu=mu, kappa=kappa)


def _race(options: Options) -> str:
    words = (
        "A hundred steps of SGD, momentum, RMSprop and Adam from one start, each at its best rate there. In "
        "a valley along the axes RMSprop is home after 5 steps, momentum after 33, Adam after 62, SGD after "
        "81. Turned by 45°, the valley takes RMSprop 88 steps; SGD and momentum do not notice."
    )
    where = {"entrants": "/races/entrants", "action": "/races/run"}
    return _moving("race-figure", words, land=options.get("land", "valley"), **where)


def _schedule(options: Options) -> str:
    words = (
        "The learning rate of each step under a warm-up with a cosine, steps, one cycle, and warm-up, "
        "stable, decay, and below it the expected loss on a bowl with noisy gradients. While the rate stays "
        "high the loss comes to rest on a floor; as the rate falls, the floor sinks."
    )
    given = {name: options.get(name, usual) for name, usual in (("schedule", "cosine"), ("beside", "wsd"))}
    return _moving("schedule-figure", words, **given)


def _chain(options: Options) -> str:
    inputs = options.get("inputs", "2,1.5,-1,-0.5,1")
    words = (
        "The graph of z = wx + b, a = max(0, z), p = va and L = (p − t)². Forward each node gets its value, "
        "backward each gradient is the upstream gradient times a local factor. The numbers for x, w, b, v "
        f"and t are {inputs.replace(',', ', ').replace('-', '−')}."
    )
    return _moving("chain-figure", words, inputs=inputs)


def _depth(options: Options) -> str:
    act, kind = options.get("act", "relu"), options.get("kind", "neither")
    gain, depth = options.get("gain", "0.7071"), options.get("depth", "50")
    words = (
        "The norm of the gradient of each matrix in a deep network at its start. With fifty layers of ReLU "
        "and half of He's scale, that of the first is about 10⁻¹³ as it stands, 180 with layer "
        "normalisation, 21000 with residual connections, and 80 with both."
    )
    return _moving("depth-figure", words, act=act, kind=kind, gain=gain, depth=depth)


def _saddle(options: Options) -> str:
    method, flat = options.get("method", "sgd"), options.get("flat", "0.01")
    turn, start, step = options.get("turn", "0"), options.get("start", "1,0.001"), options.get("step", "200")
    words = (
        "A valley with a saddle at the origin, curvature 1 across it and −0.01 along it, and four optimizers "
        "that start beside its ridge. RMSprop leaves at step 68, Adam at 160, momentum at 175, SGD at 1262. "
        "Turned by 45 degrees RMSprop needs 812 steps and Adam over 1500; the other two need no more."
    )
    return _moving("saddle-figure", words, method=method, flat=flat, turn=turn, start=start, step=step)


# What becomes of one weight when its gradient is never set to zero: figure 3.2 of the course.

STEPS = 20
LEFT, RIGHT, TOP, BASE = 40.0, 470.0, 18.0, 151.0
LOW, HIGH = -0.42, 3.45


def weights(*, lr: float = 0.1, zeroed: bool) -> list[float]:
    """w_0 … w_20 for the loss (2w − 3)², with its gradient replaced (zeroed) or summed (not)."""
    w, gradient, path = 0.0, 0.0, [0.0]
    for _ in range(STEPS):
        gradient = 4 * (2 * w - 3) + (0.0 if zeroed else gradient)
        w -= lr * gradient
        path.append(w)
    return path


def _spring(_options: Options) -> str:
    swinging = weights(zeroed=False)
    title = (
        "w over twenty steps. With zero_ it reaches 1.5 in five steps. Without, it swings between "
        f"{min(swinging):.2f} and {max(swinging):.2f} and does not settle."
    ).replace("-", "−")
    grid = "".join(
        f'<path class="gridline" d="M{LEFT:g} {_y(v):.1f}H{RIGHT:g}"/>'
        f'<text class="tick end" x="32" y="{_y(v) + 4:.1f}">{v:g}</text>'
        for v in (0, 1.5, 3)
    )
    ticks = "".join(f'<text class="tick" x="{_x(t):.1f}" y="180">{t}</text>' for t in (0, 5, 10, 15, 20))
    return (
        f'<svg class="plot spring" viewBox="0 -12 560 224" role="img" aria-label="{title}">{grid}'
        f"{_line('ref', weights(zeroed=True))}{_line('you', swinging)}{ticks}"
        f'<text class="lab you" x="113" y="30">without zero_()</text>{_beside(1.5, "with", "zero_()")}'
        f'<text class="axis end" x="{RIGHT:g}" y="207">step</text>'
        '<text class="axis end" x="32" y="3">w</text></svg>'
    )


def _beside(value: float, *words: str) -> str:
    """A label at the end of a line, a word in each row."""
    rows = "".join(
        f'<tspan x="{RIGHT + 12:g}" dy="{i * 1.15:g}em">{word}</tspan>' for i, word in enumerate(words)
    )
    return f'<text class="lab ref" y="{_y(value):.1f}">{rows}</text>'


def _x(step: int) -> float:
    return LEFT + (RIGHT - LEFT) * step / STEPS


def _y(value: float) -> float:
    return BASE - (value - LOW) / (HIGH - LOW) * (BASE - TOP)


def _line(kind: str, path: list[float]) -> str:
    points = [(_x(step), _y(value)) for step, value in enumerate(path)]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>' for x, y in points)
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path class="{kind}-line" d="M{line}"/><g class="{kind}-dots">{dots}</g>'


FIGURES: dict[str, Callable[[Options], str]] = {
    "activation": _activation,
    "chain": _chain,
    "depth": _depth,
    "descent": _descent,
    "difference": _difference,
    "momentum": _momentum,
    "race": _race,
    "saddle": _saddle,
    "schedule": _schedule,
    "spring": _spring,
}
