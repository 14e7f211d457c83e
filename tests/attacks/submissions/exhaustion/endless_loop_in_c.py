# tries: loop in C, where no signal handler of Python's runs
# item: a C loop holding the GIL
# outcome: cpu_limit
import itertools
import signal

for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def layernorm_backward(x, gamma, dy, eps):
    sum(itertools.repeat(0))
