# tries: open unix, netlink, packet and vsock sockets
# item: unix sockets; netlink sockets; vsock sockets; packet sockets
# outcome: forbidden
import socket


def layernorm_backward(x, gamma, dy, eps):
    for family in (socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK):
        try:
            socket.socket(family, socket.SOCK_RAW)
        except PermissionError as error:
            last = error
        else:
            return None
    raise last
