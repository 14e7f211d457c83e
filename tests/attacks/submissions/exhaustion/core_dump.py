# tries: ask for a core dump of everything and crash
# item: core dumps
# outcome: crashed | raised | forbidden
import os
import resource


def layernorm_backward(x, gamma, dy, eps):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
    except (ValueError, OSError):
        pass
    os.abort()
