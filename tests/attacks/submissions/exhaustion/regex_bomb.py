# tries: a regular expression that backtracks for ever
# outcome: cpu_limit
import re

re.match(r"(a+)+$", "a" * 64 + "b")
