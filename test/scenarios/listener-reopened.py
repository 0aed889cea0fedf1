"""scenario: a port is closed and opened again: by the same process, by another one, and after a shutdown of its listener"""

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
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

ready()


def opened(port):
    sock = socket.socket()
    # There are connections in TIME_WAIT on this port.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((HERE, port))
    sock.listen()
    return sock


def converse(listening):
    with connected(socket.SOCK_STREAM, listening.getsockname()) as client:
        with listening.accept()[0] as accepted:
            client.sendall(b"q" * 353)
            receive(accepted, 353)


def refused():
    try:
        connected(socket.SOCK_STREAM, where)
        give_up("nobody should listen")
    except ConnectionRefusedError:
        pass


with opened(0) as first:
    where = first.getsockname()
    converse(first)
refused()

told, tell = os.pipe()
end, ended = os.pipe()


def elsewhere():
    with opened(where[1]) as second:
        converse(second)
        converse(second)
    os.write(tell, b".")
    os.read(end, 1)


other = child(elsewhere)
os.read(told, 1)
refused()
third = opened(where[1])
converse(third)
third.shutdown(socket.SHUT_RDWR)  # A listener stops listening, keeps its port, and may listen again.
refused()
third.listen()
converse(third)

hold([open_row(third, "LISTEN")])
processes = [process_row(), process_row(other)]
os.write(ended, b".")
child_ended(other)
both = [os.getpid(), other]
peers = [{"address": HERE, "flows": 5}]
truth(
    # The system chose the port once; then the program asked for it.
    listens=[listen_row(third, "application", 5, pids=both, bytesIn=5 * 353, bytesOut=0, peers=peers)],
    connects=[
        connect_row(
            "tcp",
            where,
            5,
            failed=3,
            pids=both,
            errors={"ECONNREFUSED": 3},
            bytesIn=0,
            bytesOut=5 * 353,
        )
    ],
    processes=processes,
)
