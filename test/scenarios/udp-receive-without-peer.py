"""
scenario: a UDP server that reads with recv(), which never asks who sent, from 3 clients of two addresses
"""

import socket

from scenario import HERE, bound, connect_row, free_port, hold, listen_row, open_row, process_row, ready, truth

ready()
port = free_port(socket.SOCK_DGRAM)
server = bound(socket.SOCK_DGRAM, port)
clients = [bound(socket.SOCK_DGRAM, 0, address) for address in (HERE, HERE, "127.0.0.2")]
for client in clients:
    client.sendto(b"q" * 131, (HERE, port))
    server.recv(1000)
hold([open_row(server, "BOUND")])
truth(
    listens=[
        listen_row(
            server,
            "application",
            len(clients),
            bytesIn=len(clients) * 131,
            bytesOut=0,
            peers=[{"address": HERE, "flows": 2}, {"address": "127.0.0.2", "flows": 1}],
        )
    ],
    connects=[connect_row("udp", (HERE, port), len(clients), bytesIn=0, bytesOut=len(clients) * 131)],
    processes=[process_row()],
)
