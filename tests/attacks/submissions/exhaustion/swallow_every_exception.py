# tries: catch whatever ends a program and go on
# item: endless loop
# outcome: cpu_limit | memory_limit
def layernorm_backward(x, gamma, dy, eps):
    while True:
        try:
            while True:
                bytearray(1 << 24)
        except BaseException:
            pass
