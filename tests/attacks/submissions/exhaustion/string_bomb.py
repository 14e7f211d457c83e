# tries: a string of ten billion characters
# item: "a" * 10**10
# outcome: memory_limit
x = "a" * 10**10
