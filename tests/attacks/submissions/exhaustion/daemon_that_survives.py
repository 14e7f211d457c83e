# tries: leave a child behind that has left the session and ignores signals
# item: children that ignore SIGTERM; children that double-fork
# outcome: process_limit
import os
import signal


def layernorm_backward(x, gamma, dy, eps):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork() == 0:
            while True:
                pass
