# tries: read the process's memory through /proc/self/mem
# item: /proc/self/mem
# outcome: raised
def layernorm_backward(x, gamma, dy, eps):
    with open("/proc/self/mem", "rb") as memory:
        return memory.read(100)
