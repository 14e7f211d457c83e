# tries: end by a signal, as if the judge had sent it
# item: signals to the parent
# outcome: mismatch | crashed | exited
import signal


def layernorm_backward(x, gamma, dy, eps):
    signal.raise_signal(signal.SIGTERM)
    return x, gamma, gamma
