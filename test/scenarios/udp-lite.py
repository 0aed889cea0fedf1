"""scenario: UDP-Lite has ports of its own, beside UDP on the same number: only the UDP socket may appear
kernel: UDP-Lite (removed from newer kernels)
"""

import socket

from scenario import HERE, bound, connect_row, hold, listen_row, not_applicable, open_row, process_row, ready, truth


def lite_socket():
    try:
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE)
    except OSError as error:
        not_applicable(f"UDP-Lite: {error.strerror}")


ready()
udp = bound(socket.SOCK_DGRAM)
port = udp.getsockname()[1]
lite = lite_socket()
lite.bind((HERE, port))
other = lite_socket()
other.bind((HERE, 0))
asker = lite_socket()
for server in (lite, other):
    asker.sendto(b"q" * 311, server.getsockname())
    _, peer = server.recvfrom(1000)
    server.sendto(b"a" * 313, peer)
    asker.recvfrom(1000)
asker.connect(other.getsockname())
asker.send(b"q" * 311)
other.recvfrom(1000)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
    plain.sendto(b"q" * 317, udp.getsockname())
    udp.recvfrom(1000)

hold([open_row(udp, "BOUND")])
truth(
    listens=[listen_row(udp, "system", 1, bytesIn=317, bytesOut=0, peers=[{"address": HERE, "flows": 1}])],
    connects=[connect_row("udp", udp.getsockname(), 1, bytesIn=0, bytesOut=317)],
    processes=[process_row()],
    outOfScope=["udplite"],
)
