# tries: an exception that fails whatever is done to it
# item: hostile exceptions
# outcome: raised
class Hostile(Exception):
    def __str__(self):
        raise self

    __repr__ = __getattribute__ = __str__


def layernorm_backward(x, gamma, dy, eps):
    raise Hostile
