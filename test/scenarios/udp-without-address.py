"""scenario: a UDP server receives by recv() and read(), never asking who sent, and answers nobody"""

import os
import socket

from scenario import bound, connect_row, endpoint, hold, open_row, process_row, ready, truth

ready()
server = bound(socket.SOCK_DGRAM)
senders = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
for number in range(6):
    senders[number % 2].sendto(b"q" * 163, server.getsockname())
    received = server.recv(1000) if number < 3 else os.read(server.fileno(), 1000)
    assert len(received) == 163

hold([open_row(server, "BOUND"), *(open_row(sender, "BOUND") for sender in senders)])
truth(
    # Neither its flows nor its peers: a receive that asks for no address passes no hook that is told one, so who sent
    # is unknown, and so is how many did. The bytes of the socket are counted all the same.
    listens=[
        {
            "protocol": "udp",
            **endpoint(server.getsockname()),
            "pids": [os.getpid()],
            "bytesIn": 6 * 163,
            "bytesOut": 0,
        },
    ],
    connects=[connect_row("udp", server.getsockname(), 2, bytesIn=0, bytesOut=6 * 163)],
    processes=[process_row()],
    gaps=["the peers of some inbound UDP exchanges could not be learned"],
)
