# tries: a string of ten billion characters
# outcome: memory_limit
x = "a" * 10**10
