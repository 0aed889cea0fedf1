"""scenario: datagrams are looked at by MSG_PEEK several times before they are taken, and one is never taken"""

import socket

from scenario import HERE, bound, connect_row, connected, hold, listen_row, open_row, process_row, ready, truth

ready()
server = bound(socket.SOCK_DGRAM)
client = connected(socket.SOCK_DGRAM, server.getsockname())
for _ in range(3):
    client.send(b"q" * 167)
    for _ in range(5):
        assert len(server.recv(1000, socket.MSG_PEEK)) == 167
        assert len(server.recvfrom(1000, socket.MSG_PEEK)[0]) == 167
    server.recvfrom(1000)
server.sendto(b"a" * 173, client.getsockname())
assert len(client.recv(1000, socket.MSG_PEEK)) == 173

hold([open_row(server, "BOUND"), open_row(client, "CONNECTED")])
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[listen_row(server, "system", 1, bytesIn=3 * 167, bytesOut=173, peers=peers)],
    connects=[connect_row("udp", server.getsockname(), 1, bytesIn=0, bytesOut=3 * 167)],
    processes=[process_row()],
)
