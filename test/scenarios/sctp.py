"""scenario: an SCTP association on loopback: out of scope, so it must not appear as TCP or UDP
kernel: CONFIG_IP_SCTP
"""

import socket

from scenario import HERE, hold, not_applicable, ready, receive, truth


def sctp_socket():
    try:
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP)
    except OSError as error:
        not_applicable(f"SCTP: {error.strerror}")


ready()
listener = sctp_socket()
listener.bind((HERE, 0))
listener.listen()
client = sctp_socket()
client.connect(listener.getsockname())
accepted, _ = listener.accept()
client.sendall(b"q" * 293)
receive(accepted, 293)
hold([])
truth(outOfScope=["sctp"])
