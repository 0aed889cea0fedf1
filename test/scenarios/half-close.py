"""scenario: each side in turn shuts its half of a connection and still receives from the other; no FIN counts as a byte"""

import socket

from scenario import HERE, connect_row, connected, hold, listen_row, listener, open_row, process_row, ready, receive, truth

ready()
listening = listener()


def connection():
    client = connected(socket.SOCK_STREAM, listening.getsockname())
    return client, listening.accept()[0]


def half(first, second, before, after):
    """`first` sends and shuts its half; `second` sees the end and goes on sending."""
    first.sendall(b"b" * before)
    first.shutdown(socket.SHUT_WR)
    receive(second, before)
    assert second.recv(1) == b""
    for _ in range(3):
        second.sendall(b"a" * after)
        receive(first, after)


client, accepted = connection()
half(client, accepted, 211, 223)
other_client, other_accepted = connection()
half(other_accepted, other_client, 227, 229)
# A connection over which nothing goes but the two ends.
silent = connection()
for end in silent:
    end.shutdown(socket.SHUT_WR)
for end in silent:
    assert end.recv(1) == b""
    end.close()

hold(
    [
        open_row(listening, "LISTEN"),
        open_row(client, "FIN_WAIT_2"),
        open_row(accepted, "CLOSE_WAIT"),
        open_row(other_accepted, "FIN_WAIT_2"),
        open_row(other_client, "CLOSE_WAIT"),
    ]
)
for end in (accepted, client, other_client, other_accepted):
    end.close()
toward, back = 211 + 3 * 229, 3 * 223 + 227
truth(
    listens=[
        listen_row(listening, "system", 3, bytesIn=toward, bytesOut=back, peers=[{"address": HERE, "flows": 3}]),
    ],
    connects=[connect_row("tcp", listening.getsockname(), 3, bytesIn=back, bytesOut=toward)],
    processes=[process_row()],
)
