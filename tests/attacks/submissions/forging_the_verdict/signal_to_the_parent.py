# tries: signal the parent and the process group
# item: signals to the parent
# outcome: forbidden
import os
import signal


def layernorm_backward(x, gamma, dy, eps):
    for target in (os.getppid(), 0, -os.getpgrp()):
        os.kill(target, signal.SIGTERM)
