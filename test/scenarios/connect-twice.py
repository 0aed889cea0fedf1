"""scenario: one socket connects three times: refused, accepted, let go by AF_UNSPEC, accepted elsewhere"""

import ctypes
import socket
import struct

from scenario import (
    HERE,
    connect_row,
    free_port,
    give_up,
    hold,
    libc,
    listen_row,
    listener,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

ready()
closed = free_port()
first, second = listener(), listener()
sock = socket.socket()


def exchange(listening, question, answer):
    sock.connect(listening.getsockname())
    accepted, _ = listening.accept()
    sock.sendall(b"q" * question)
    receive(accepted, question)
    accepted.sendall(b"a" * answer)
    receive(sock, answer)
    return accepted


try:
    sock.connect((HERE, closed))
    give_up("the port should be closed")
except ConnectionRefusedError:
    pass
before = exchange(first, 83, 89)
# connect(2): AF_UNSPEC dissolves the association, and the socket may connect anew.
unspecified = struct.pack("H14x", socket.AF_UNSPEC)
if libc.connect(sock.fileno(), ctypes.c_char_p(unspecified), len(unspecified)) != 0:
    give_up("connect to AF_UNSPEC")
after = exchange(second, 97, 101)

hold([open_row(first, "LISTEN"), open_row(second, "LISTEN"), open_row(sock, "ESTABLISHED"), open_row(after, "ESTABLISHED")])
sock.close()
after.close()
truth(
    listens=[
        listen_row(first, "system", 1, bytesIn=83, bytesOut=89),
        listen_row(second, "system", 1, bytesIn=97, bytesOut=101),
    ],
    connects=[
        connect_row("tcp", (HERE, closed), 0, failed=1, errors={"ECONNREFUSED": 1}),
        connect_row("tcp", first.getsockname(), 1, bytesIn=89, bytesOut=83),
        connect_row("tcp", second.getsockname(), 1, bytesIn=101, bytesOut=97),
    ],
    processes=[process_row()],
)
