"""scenario: 23 UDP sockets get their ports by the first send; their answers do not make them listeners"""

import socket

from scenario import HERE, bound, connect_row, hold, listen_row, open_row, process_row, ready, truth

ready()
server = bound(socket.SOCK_DGRAM)
askers = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(23)]
for asker in askers:
    asker.sendto(b"q" * 139, server.getsockname())
    _, peer = server.recvfrom(1000)
    assert peer == (HERE, asker.getsockname()[1])
    server.sendto(b"a" * 149, peer)
    asker.recvfrom(1000)

hold([open_row(sock, "BOUND") for sock in (server, *askers)])
truth(
    listens=[
        listen_row(
            server,
            "system",
            23,
            bytesIn=23 * 139,
            bytesOut=23 * 149,
            peers=[{"address": HERE, "flows": 23}],
        )
    ],
    connects=[connect_row("udp", server.getsockname(), 23, bytesIn=23 * 149, bytesOut=23 * 139)],
    processes=[process_row()],
)
