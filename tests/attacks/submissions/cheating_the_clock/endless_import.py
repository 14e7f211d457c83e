# tries: do all the work at import, and take for ever about it
# item: all the work done at import
# outcome: cpu_limit
# exercise: layernorm_backward
import numpy as np


while True:
    np.linalg.eigvals(np.ones((50, 50)))
