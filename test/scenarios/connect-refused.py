"""
scenario: connections that nobody takes: refused once over TCP, three times at another port, and then taken there
"""

import socket

from scenario import HERE, connect_row, free_port, give_up, hold, listen_row, listener, open_row, process_row, ready, truth


def refused(port):
    try:
        socket.create_connection((HERE, port))
    except ConnectionRefusedError:
        return
    give_up("the port should be closed")


ready()
closed, later = free_port(), free_port()
refused(closed)
for _ in range(3):
    refused(later)
taken = listener(later)
client = socket.create_connection((HERE, later))
server, _ = taken.accept()
hold([open_row(taken, "LISTEN"), open_row(client, "ESTABLISHED"), open_row(server, "ESTABLISHED")])
truth(
    listens=[listen_row(taken, "application", 1)],
    connects=[
        connect_row("tcp", (HERE, closed), 0, failed=1, errors={"ECONNREFUSED": 1}),
        connect_row("tcp", (HERE, later), 1, failed=3, errors={"ECONNREFUSED": 3}),
    ],
    processes=[process_row()],
)
