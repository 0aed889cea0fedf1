"""scenario: connected UDP sockets, one of which connects to a second peer later, and one that never sends"""

import socket

from scenario import HERE, bound, connect_row, connected, free_port, hold, listen_row, open_row, process_row, ready, truth

ready()
first, second = bound(socket.SOCK_DGRAM), bound(socket.SOCK_DGRAM)


def exchange(server, question, answer, times):
    for _ in range(times):
        client.send(b"q" * question)
        _, peer = server.recvfrom(1000)
        server.sendto(b"a" * answer, peer)
        client.recv(1000)


client = connected(socket.SOCK_DGRAM, first.getsockname())
exchange(first, 103, 107, 3)
client.connect(second.getsockname())
exchange(second, 109, 113, 2)
# Resolvers do this to learn their own address: nothing is sent, so no port is used.
silent = connected(socket.SOCK_DGRAM, (HERE, free_port(socket.SOCK_DGRAM)))

hold([open_row(first, "BOUND"), open_row(second, "BOUND"), open_row(client, "CONNECTED"), open_row(silent, "CONNECTED")])
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[
        listen_row(first, "system", 1, bytesIn=309, bytesOut=321, peers=peers),
        listen_row(second, "system", 1, bytesIn=218, bytesOut=226, peers=peers),
    ],
    connects=[
        connect_row("udp", first.getsockname(), 1, bytesIn=321, bytesOut=309),
        connect_row("udp", second.getsockname(), 1, bytesIn=226, bytesOut=218),
    ],
    processes=[process_row()],
)
