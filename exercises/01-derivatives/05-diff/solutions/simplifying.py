def add(a, b):
    if a == 0:
        return b
    if b == 0:
        return a
    return a + b if is_number(a) and is_number(b) else ("add", a, b)


def mul(a, b):
    if a == 0 or b == 0:
        return 0.0
    if a == 1:
        return b
    if b == 1:
        return a
    return a * b if is_number(a) and is_number(b) else ("mul", a, b)


def neg(a):
    return mul(-1.0, a)


def is_number(a):
    return isinstance(a, (int, float))


def diff(expr):
    match expr:
        case "x":
            return 1.0
        case str() | int() | float():
            return 0.0
        case ("add", a, b):
            return add(diff(a), diff(b))
        case ("sub", a, b):
            return add(diff(a), neg(diff(b)))
        case ("mul", a, b):
            return add(mul(diff(a), b), mul(a, diff(b)))
        case ("div", a, b):
            return add(("div", diff(a), b), neg(("div", mul(a, diff(b)), ("pow", b, 2))))
        case ("pow", a, n):
            return mul(mul(n, ("pow", a, n - 1)), diff(a))
        case ("exp", a):
            return mul(expr, diff(a))
        case ("log", a):
            return mul(("pow", a, -1), diff(a))
        case ("sin", a):
            return mul(("cos", a), diff(a))
        case ("cos", a):
            return neg(mul(("sin", a), diff(a)))
