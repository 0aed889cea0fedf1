"""scenario: a relay process moves bytes between two connections by splice, so that they never come to its memory"""

import os
import socket

from scenario import (
    HERE,
    child,
    child_ended,
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

SIZE = 300_007

ready()
outside, inside = listener(), listener()
target = inside.getsockname()
end, ended = os.pipe()


def relay():
    inside.close()
    accepted, _ = outside.accept()
    onward = connected(socket.SOCK_STREAM, target)
    reader, writer = os.pipe()
    left = SIZE
    while left > 0:
        moved = os.splice(accepted.fileno(), writer, min(left, 1 << 16))
        if moved == 0:
            give_up("the client closed")
        left -= moved
        while moved > 0:
            moved -= os.splice(reader, onward.fileno(), moved)
    os.read(end, 1)


relaying = child(relay)
client = connected(socket.SOCK_STREAM, outside.getsockname())
accepted, _ = inside.accept()
sent = 0
while sent < SIZE:
    part = min(50_021, SIZE - sent)
    client.sendall(b"s" * part)
    receive(accepted, part)
    sent += part

both = [os.getpid(), relaying]
hold(
    [
        open_row(outside, "LISTEN", pids=both),
        open_row(inside, "LISTEN"),
        open_row(client, "ESTABLISHED"),
        open_row(accepted, "ESTABLISHED"),
    ]
)
processes = [process_row(), process_row(relaying)]
os.write(ended, b".")
child_ended(relaying)
client.close()
accepted.close()
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[
        listen_row(outside, "system", 1, pids=both, bytesIn=SIZE, bytesOut=0, peers=peers),
        listen_row(inside, "system", 1, bytesIn=SIZE, bytesOut=0, peers=peers),
    ],
    connects=[
        connect_row("tcp", outside.getsockname(), 1, bytesIn=0, bytesOut=SIZE),
        connect_row("tcp", target, 1, bytesIn=0, bytesOut=SIZE, pids=[relaying]),
    ],
    processes=processes,
)
