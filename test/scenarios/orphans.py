"""scenario: closed connections whose peers go on: FIN_WAIT_2, FIN_WAIT_1 with bytes unsent, TIME_WAIT; nobody holds them"""

import socket

from scenario import HERE, connect_row, connected, hold, listen_row, listener, open_row, process_row, ready, truth

ready()
listening = listener()
# Accepted connections inherit it. What does not fit waits at the sender, and its FIN behind it.
listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)


def connection():
    client = connected(socket.SOCK_STREAM, listening.getsockname())
    return client, listening.accept()[0]


def orphaned(sock, state):
    row = open_row(sock, state, pids=[])
    sock.close()
    return row


rows = [open_row(listening, "LISTEN")]
# The peer knows of the end and does not close.
client, keeper = connection()
client.sendall(b"q" * 233)
rows.append(orphaned(client, "FIN_WAIT_2"))
rows.append(open_row(keeper, "CLOSE_WAIT"))
# The peer does not read, so it does not even know.
client, sleeper = connection()
client.setblocking(False)
queued = 0
try:
    while True:
        queued += client.send(b"q" * 10_007)
except BlockingIOError:
    pass
rows.append(orphaned(client, "FIN_WAIT_1"))
rows.append(open_row(sleeper, "ESTABLISHED"))
# Both have closed; who did it first waits a minute for stragglers.
client, quick = connection()
row = open_row(client, "TIME_WAIT", pids=[])
client.close()
assert quick.recv(1) == b""
quick.close()
rows.append(row)

hold(rows)
read = 0
while part := sleeper.recv(1 << 16):
    read += len(part)
assert read == queued
keeper.close()
sleeper.close()
truth(
    listens=[
        listen_row(listening, "system", 3, bytesIn=233 + queued, bytesOut=0, peers=[{"address": HERE, "flows": 3}]),
    ],
    connects=[connect_row("tcp", listening.getsockname(), 3, bytesIn=0, bytesOut=233 + queued)],
    processes=[process_row()],
)
