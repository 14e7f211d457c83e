# tries: a power that takes for ever
# item: integer bomb at import
# outcome: cpu_limit | memory_limit
x = 7 ** (7 ** 12)
x = x * x
str(x)
