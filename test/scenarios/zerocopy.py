"""scenario: MSG_ZEROCOPY over TCP and UDP: sent bytes count once, and the completions on the error queue count nothing"""

import select
import socket
import struct

from scenario import (
    HERE,
    bound,
    connect_row,
    connected,
    hold,
    listen_row,
    listener,
    not_applicable,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

SO_ZEROCOPY, MSG_ZEROCOPY, MSG_ERRQUEUE = 60, 0x4000000, 0x2000
SO_EE_ORIGIN_ZEROCOPY = 5

ready()
stream, datagram = listener(), bound(socket.SOCK_DGRAM)
client = connected(socket.SOCK_STREAM, stream.getsockname())
accepted, _ = stream.accept()
sender = connected(socket.SOCK_DGRAM, datagram.getsockname())
try:
    for sock in (client, sender):
        sock.setsockopt(socket.SOL_SOCKET, SO_ZEROCOPY, 1)
except OSError as error:
    not_applicable(f"SO_ZEROCOPY: {error.strerror}")


def completed(sock, count):
    """Waits until the kernel has let go of so many sends."""
    done = 0
    while done < count:
        poll = select.poll()
        poll.register(sock, 0)
        poll.poll(10_000)
        _, [(_, _, notice)], _, _ = sock.recvmsg(0, 1000, MSG_ERRQUEUE)
        _, origin, _, _, _, first, last = struct.unpack("IBBBBII", notice[:16])
        assert origin == SO_EE_ORIGIN_ZEROCOPY
        done += last - first + 1


for _ in range(7):
    assert client.send(b"z" * 30_011, MSG_ZEROCOPY) == 30_011
    receive(accepted, 30_011)
    assert sender.send(b"z" * 1_009, MSG_ZEROCOPY) == 1_009
    datagram.recvfrom(2000)
completed(client, 7)
completed(sender, 7)

hold(
    [
        open_row(stream, "LISTEN"),
        open_row(client, "ESTABLISHED"),
        open_row(accepted, "ESTABLISHED"),
        open_row(datagram, "BOUND"),
        open_row(sender, "CONNECTED"),
    ]
)
client.close()
accepted.close()
peers = [{"address": HERE, "flows": 1}]
truth(
    listens=[
        listen_row(stream, "system", 1, bytesIn=7 * 30_011, bytesOut=0, peers=peers),
        listen_row(datagram, "system", 1, bytesIn=7 * 1_009, bytesOut=0, peers=peers),
    ],
    connects=[
        connect_row("tcp", stream.getsockname(), 1, bytesIn=0, bytesOut=7 * 30_011),
        connect_row("udp", datagram.getsockname(), 1, bytesIn=0, bytesOut=7 * 1_009),
    ],
    processes=[process_row()],
)
