"""scenario: urgent bytes (MSG_OOB) beside and inside the stream, and bytes peeked at before they are read: each counts once"""

import select
import socket

from scenario import HERE, connect_row, connected, hold, listen_row, listener, open_row, process_row, ready, receive, truth

ready()
listening = listener()
client = connected(socket.SOCK_STREAM, listening.getsockname())
accepted, _ = listening.accept()

client.sendall(b"q" * 379)
client.send(b"!", socket.MSG_OOB)
select.select([], [], [accepted], 10)
assert accepted.recv(1, socket.MSG_OOB) == b"!"
receive(accepted, 379)

accepted.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
client.send(b"!", socket.MSG_OOB)
for _ in range(5):
    assert accepted.recv(1, socket.MSG_PEEK) == b"!"
receive(accepted, 1)
client.sendall(b"q" * 383)
assert len(accepted.recv(1000, socket.MSG_PEEK)) > 0
receive(accepted, 383)

hold([open_row(listening, "LISTEN"), open_row(client, "ESTABLISHED"), open_row(accepted, "ESTABLISHED")])
listens = [listen_row(listening, "system", 1, bytesIn=764, bytesOut=0, peers=[{"address": HERE, "flows": 1}])]
client.close()
accepted.close()
truth(
    listens=listens,
    connects=[connect_row("tcp", listening.getsockname(), 1, bytesIn=0, bytesOut=764)],
    processes=[process_row()],
)
