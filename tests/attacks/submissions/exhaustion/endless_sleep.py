# tries: sleep for ever
# item: endless sleep
# outcome: wall_limit
import time


def layernorm_backward(x, gamma, dy, eps):
    time.sleep(10**6)
