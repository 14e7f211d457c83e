# tries: open a library as everybody does, and then have it read past the cache
# item: the host's disk
# outcome: forbidden
import fcntl
import os


def largest():
    found = (os.path.join(top, name) for top, _, names in os.walk("/") for name in names)
    return max(found, key=lambda path: os.lstat(path).st_size)


def layernorm_backward(x, gamma, dy, eps):
    fd = os.open(largest(), os.O_RDONLY)
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_DIRECT)
