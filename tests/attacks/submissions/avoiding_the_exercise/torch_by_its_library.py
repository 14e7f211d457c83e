# tries: load torch's shared library where the package is absent
# item: torch reached where it is absent
# outcome: raised
import ctypes
import glob


def layernorm_backward(x, gamma, dy, eps):
    for name in ("libtorch_cpu.so", "libtorch.so", "libc10.so", *glob.glob("/**/libtorch*", recursive=True)):
        try:
            return ctypes.CDLL(name).at_sum
        except OSError as error:
            last = error
    raise last
