# tries: leave a FIFO on which the judge would wait for ever
# item: FIFOs left for the judge
# outcome: forbidden
import os


def layernorm_backward(x, gamma, dy, eps):
    os.mkfifo("result")
