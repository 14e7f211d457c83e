# tries: talk to a service of the host
# item: loopback sockets
# outcome: forbidden
import socket


def layernorm_backward(x, gamma, dy, eps):
    socket.create_connection(("127.0.0.1", 6379), timeout=1)
