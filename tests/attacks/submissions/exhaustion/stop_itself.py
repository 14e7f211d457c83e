# tries: stop the process, so that it neither runs nor ends
# item: children that stop themselves
# outcome: forbidden
import os
import signal


def layernorm_backward(x, gamma, dy, eps):
    os.kill(os.getpid(), signal.SIGSTOP)
