# each operator has its partial derivatives; the chain rule is the same for all of them
PARTIALS = {
    "add": lambda a, b: (1.0, 1.0),
    "sub": lambda a, b: (1.0, -1.0),
    "mul": lambda a, b: (b, a),
    "div": lambda a, b: (("div", 1.0, b), ("div", ("sub", 0.0, a), ("pow", b, 2.0))),
    "pow": lambda a, n: (("mul", n, ("pow", a, n - 1.0)), 0.0),
    "exp": lambda a: (("exp", a),),
    "log": lambda a: (("div", 1.0, a),),
    "sin": lambda a: (("cos", a),),
    "cos": lambda a: (("mul", -1.0, ("sin", a)),),
}


def diff(expr):
    if isinstance(expr, tuple):
        op, *arguments = expr
        first, *others = (("mul", p, diff(a)) for p, a in zip(PARTIALS[op](*arguments), arguments))
        return ("add", first, others[0]) if others else first
    return float(expr == "x")
