"""scenario: one unconnected UDP socket asks two peers in turn and takes their answers as they come"""

import socket

from scenario import HERE, bound, connect_row, free_port, hold, listen_row, open_row, process_row, ready, truth

ready()
servers = [bound(socket.SOCK_DGRAM), bound(socket.SOCK_DGRAM, address="127.0.0.3")]
asker = bound(socket.SOCK_DGRAM, port=free_port(socket.SOCK_DGRAM))
for number in range(5):
    for server in servers:
        asker.sendto(b"q" * (127 + number), server.getsockname())
for server, size in zip(servers, (131, 137)):
    for _ in range(5):
        _, peer = server.recvfrom(1000)
        server.sendto(b"a" * size, peer)
for _ in range(10):
    asker.recvfrom(1000)

hold([open_row(sock, "BOUND") for sock in (*servers, asker)])
asked = 5 * 127 + 10
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[
        listen_row(servers[0], "system", 1, bytesIn=asked, bytesOut=5 * 131, peers=peers),
        listen_row(servers[1], "system", 1, bytesIn=asked, bytesOut=5 * 137, peers=peers),
        # Its program chose the port, so peers may come to it: it listens, though so far it only asked.
        listen_row(asker, "application", 0),
    ],
    connects=[
        connect_row("udp", servers[0].getsockname(), 1, bytesIn=5 * 131, bytesOut=asked),
        connect_row("udp", servers[1].getsockname(), 1, bytesIn=5 * 137, bytesOut=asked),
    ],
    processes=[process_row()],
)
