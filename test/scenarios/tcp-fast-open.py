"""scenario: TCP Fast Open: the question travels in the SYN, written without connect() or after one that did nothing
needs: root netns
"""

import socket

from scenario import (
    HERE,
    connect_row,
    free_port,
    give_up,
    hold,
    listen_row,
    listener,
    new_network,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

TCP_FASTOPEN, TCP_FASTOPEN_CONNECT, MSG_FASTOPEN = 23, 30, 0x20000000
TCP_INFO_OPTIONS, TCPI_OPT_SYN_DATA = 5, 32

ready()
new_network()
with open("/proc/sys/net/ipv4/tcp_fastopen", "w") as file:
    file.write(str(0x1 | 0x2 | 0x4 | 0x200))  # client, server, both without a cookie

listening = listener()
listening.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN, 23)
closed = free_port()


def converse(client):
    accepted, _ = listening.accept()
    receive(accepted, 331)
    accepted.sendall(b"a" * 337)
    receive(client, 337)
    options = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)[TCP_INFO_OPTIONS]
    assert options & TCPI_OPT_SYN_DATA
    return client, accepted


ends = []
for _ in range(3):
    client = socket.socket()
    client.sendto(b"q" * 331, MSG_FASTOPEN, listening.getsockname())
    ends += converse(client)
# connect() returns at once and does nothing; the first write does.
client = socket.socket()
client.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
client.connect(listening.getsockname())
client.sendall(b"q" * 331)
ends += converse(client)
try:
    socket.socket().sendto(b"q" * 331, MSG_FASTOPEN, (HERE, closed))
    give_up("the port should be closed")
except ConnectionRefusedError:
    pass

hold([open_row(listening, "LISTEN"), *(open_row(end, "ESTABLISHED") for end in ends)])
for end in ends:
    end.close()
peers = [{"address": HERE, "flows": 4}]
truth(
    listens=[listen_row(listening, "system", 4, bytesIn=4 * 331, bytesOut=4 * 337, peers=peers)],
    connects=[
        connect_row("tcp", listening.getsockname(), 4, bytesIn=4 * 337, bytesOut=4 * 331),
        connect_row("tcp", (HERE, closed), 0, failed=1, errors={"ECONNREFUSED": 1}),
    ],
    processes=[process_row()],
)
