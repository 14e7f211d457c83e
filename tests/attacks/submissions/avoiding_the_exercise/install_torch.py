# tries: have pip fetch what is absent
# item: torch imported where it is absent
# outcome: raised | process_limit | exited
import runpy
import sys


def layernorm_backward(x, gamma, dy, eps):
    sys.argv = ["pip", "install", "torch"]
    runpy.run_module("pip", run_name="__main__")
