# tries: a source of ten million lines, from a line
# item: huge source
# outcome: memory_limit | cpu_limit
exec('x = 1\n' * 10**7)
