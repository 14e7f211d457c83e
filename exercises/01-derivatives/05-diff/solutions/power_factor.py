def diff(expr):
    if not isinstance(expr, tuple):
        return 1.0 if expr == "x" else 0.0
    op, a, *rest = expr
    b = rest[0] if rest else None
    if op == "add":
        return ("add", diff(a), diff(b))
    if op == "sub":
        return ("sub", diff(a), diff(b))
    if op == "mul":
        return ("add", ("mul", diff(a), b), ("mul", a, diff(b)))
    if op == "div":
        return ("div", ("sub", ("mul", diff(a), b), ("mul", a, diff(b))), ("mul", b, b))
    if op == "pow":
        return ("mul", ("pow", a, b - 1), diff(a))
    if op == "exp":
        return ("mul", ("exp", a), diff(a))
    if op == "log":
        return ("div", diff(a), a)
    if op == "sin":
        return ("mul", ("cos", a), diff(a))
    if op == "cos":
        return ("mul", ("sub", 0.0, ("sin", a)), diff(a))
    raise ValueError(f"unknown operator {op!r}")
