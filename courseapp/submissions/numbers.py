"""Numbers and other values as the pages write them."""

from math import isfinite

LONGEST_VALUE = 160  # characters of a value shown beside another


def show(value: object, digits: int = 6) -> str:
    """A value as the page writes it: a true minus sign, powers of ten raised, long ones cut."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        text = str(value)
    elif isinstance(value, int):
        text = str(value).replace("-", "−")
    elif isinstance(value, float):
        text = _number(value, digits)
    else:
        text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def show_pair(a: object, b: object) -> tuple[str, str]:
    """Two values with as many digits as it takes to see them differ, and one more."""
    plain, most = (show(a), show(b)), 17
    if plain[0] != plain[1] or a == b:
        return plain
    differ = next((n for n in range(7, most) if show(a, n) != show(b, n)), most)
    return show(a, min(differ + 1, most)), show(b, min(differ + 1, most))


RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _number(value: float, digits: int) -> str:
    if not isfinite(value):
        return "NaN" if value != value else ("∞" if value > 0 else "−∞")
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    text = mantissa.replace("-", "−")
    return f"{text} × 10{str(int(power)).translate(RAISED)}" if power else text
