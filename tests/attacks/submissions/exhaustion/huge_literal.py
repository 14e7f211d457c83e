# tries: a list of ten million numbers for the compiler
# item: huge source
# outcome: memory_limit | cpu_limit
eval('[' + '1, ' * 10**7 + ']')
