"""scenario: 23 connections are reset before anybody accepts them, and accept returns them dead"""

import socket
import struct

from scenario import (
    HERE,
    connect_row,
    connected,
    give_up,
    hold,
    listen_row,
    listener,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

RESET_ON_CLOSE = struct.pack("ii", 1, 0)

ready()
listening = listener()
port = listening.getsockname()[1]


def reset_after(size):
    with connected(socket.SOCK_STREAM, (HERE, port)) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        client.sendall(b"q" * size)


for _ in range(23):
    reset_after(3)
hold([open_row(listening, "LISTEN")])
for _ in range(23):
    dead, _ = listening.accept()
    receive(dead, 3)  # What came before the reset is still there to read.
    try:
        dead.recv(1)
        give_up("the connection should be dead")
    except ConnectionResetError:
        dead.close()
# And five that nobody accepts before the listener closes.
for _ in range(5):
    reset_after(3)
listens = [listen_row(listening, "system", 28, bytesIn=84, bytesOut=0, peers=[{"address": HERE, "flows": 28}])]
listening.close()
truth(
    listens=listens,
    connects=[connect_row("tcp", (HERE, port), 28, bytesIn=0, bytesOut=84)],
    processes=[process_row()],
)
