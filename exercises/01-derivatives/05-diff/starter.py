def diff(expr):
    """The derivative of an expression with respect to x, as an expression.

    expr: a number, a name ("x" is the variable, every other name a constant), or one of
          ("add", a, b)  ("sub", a, b)  ("mul", a, b)  ("div", a, b)
          ("pow", a, n)  with a number n
          ("exp", a)  ("log", a)  ("sin", a)  ("cos", a)
    """
    ...
