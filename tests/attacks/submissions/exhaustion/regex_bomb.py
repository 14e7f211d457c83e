# tries: a regular expression that backtracks for ever
# item: regex bomb at import
# outcome: cpu_limit
import re

re.match(r"(a+)+$", "a" * 64 + "b")
