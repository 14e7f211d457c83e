# tries: pass descriptors to the judge over the channel
# item: writing to every open descriptor
# outcome: forbidden | raised
import array
import socket


def layernorm_backward(x, gamma, dy, eps):
    rights = array.array("i", [0, 1, 2])
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=3)
    channel.sendmsg([b"passed"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
