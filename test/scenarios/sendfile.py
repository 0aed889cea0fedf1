"""scenario: a server process answers by sendfile, byte counts exact"""

import os
import socket

from scenario import (
    HERE,
    child,
    child_ended,
    connect_row,
    connected,
    hold,
    listen_row,
    listener,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

SIZE = 1_000_003

ready()
listening = listener()
end, ended = os.pipe()


def serve():
    with open("cargo", "w+b") as file:
        file.truncate(SIZE)
        accepted, _ = listening.accept()
        receive(accepted, 199)
        sent = 0
        while sent < SIZE:
            sent += os.sendfile(accepted.fileno(), file.fileno(), sent, SIZE - sent)
    os.read(end, 1)
    accepted.close()


server = child(serve)
client = connected(socket.SOCK_STREAM, listening.getsockname())
client.sendall(b"q" * 199)
receive(client, SIZE)

both = [os.getpid(), server]
hold([open_row(listening, "LISTEN", pids=both), open_row(client, "ESTABLISHED")])
processes = [process_row(), process_row(server)]
os.write(ended, b".")
child_ended(server)
client.close()
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[listen_row(listening, "system", 1, pids=both, bytesIn=199, bytesOut=SIZE, peers=peers)],
    connects=[connect_row("tcp", listening.getsockname(), 1, bytesIn=SIZE, bytesOut=199)],
    processes=processes,
)
