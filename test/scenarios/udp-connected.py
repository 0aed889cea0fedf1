"""
scenario: UDP sockets with a fixed peer: 23 clients that connect, send and read; one that connects and never sends
"""

import socket

from scenario import HERE, bound, connect_row, connected, free_port, hold, listen_row, open_row, process_row, ready, truth

CLIENTS, QUESTION, ANSWER = 23, 113, 127

ready()
port = free_port(socket.SOCK_DGRAM)
server = bound(socket.SOCK_DGRAM, port)
clients = [connected(socket.SOCK_DGRAM, (HERE, port)) for _ in range(CLIENTS)]
for client in clients:
    client.send(b"q" * QUESTION)
    _, peer = server.recvfrom(1000)
    server.sendto(b"a" * ANSWER, peer)
    client.recv(1000)
# Setting a datagram socket's peer sends nothing: resolvers do it to choose a source address.
silent = connected(socket.SOCK_DGRAM, (HERE, free_port(socket.SOCK_DGRAM)))
hold([open_row(server, "BOUND"), open_row(silent, "CONNECTED"), *(open_row(client, "CONNECTED") for client in clients)])
truth(
    listens=[
        listen_row(
            server,
            "application",
            CLIENTS,
            bytesIn=CLIENTS * QUESTION,
            bytesOut=CLIENTS * ANSWER,
            peers=[{"address": HERE, "flows": CLIENTS}],
        )
    ],
    connects=[
        connect_row("udp", (HERE, port), CLIENTS, bytesIn=CLIENTS * ANSWER, bytesOut=CLIENTS * QUESTION),
    ],
    processes=[process_row()],
)
