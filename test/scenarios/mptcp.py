"""scenario: an MPTCP listener and its client: on the wire and in the table of ports it is TCP
kernel: CONFIG_MPTCP, net.mptcp.enabled=1
"""

import socket

from scenario import HERE, connect_row, hold, listen_row, not_applicable, open_row, process_row, ready, receive, truth

MPTCP_INFO, SOL_MPTCP = 1, 284


def mptcp_socket():
    try:
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_MPTCP)
    except OSError as error:
        not_applicable(f"MPTCP: {error.strerror}")


ready()
listener = mptcp_socket()
listener.bind((HERE, 0))
listener.listen()
client = mptcp_socket()
client.connect(listener.getsockname())
accepted, _ = listener.accept()
client.sendall(b"q" * 281)
receive(accepted, 281)
accepted.sendall(b"a" * 283)
receive(client, 283)
# Fails where the two fell back to plain TCP.
client.getsockopt(SOL_MPTCP, MPTCP_INFO, 100)

hold([open_row(listener, "LISTEN"), open_row(client, "ESTABLISHED"), open_row(accepted, "ESTABLISHED")])
listens = [listen_row(listener, "system", 1, bytesIn=281, bytesOut=283, peers=[{"address": HERE, "flows": 1}])]
connects = [connect_row("tcp", listener.getsockname(), 1, bytesIn=283, bytesOut=281)]
client.close()
assert accepted.recv(1) == b""
accepted.close()
truth(listens=listens, connects=connects, processes=[process_row()])
