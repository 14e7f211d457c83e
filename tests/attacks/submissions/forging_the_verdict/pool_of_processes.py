# tries: lets other processes answer
# item: daemons that answer later
# outcome: process_limit | forbidden | raised
import multiprocessing


def layernorm_backward(x, gamma, dy, eps):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(abs, [x, gamma, gamma])
