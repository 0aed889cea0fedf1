"""scenario: IPv6 sockets speak to IPv4 listeners by v4-mapped addresses, over TCP and UDP
needs: ipv6
"""

import socket

from scenario import HERE, bound, connect_row, hold, listen_row, listener, open_row, process_row, ready, receive, truth

MAPPED = f"::ffff:{HERE}"

ready()
stream = listener()
datagram = bound(socket.SOCK_DGRAM)

client = socket.socket(socket.AF_INET6)
client.connect((MAPPED, stream.getsockname()[1]))
accepted, _ = stream.accept()
client.sendall(b"q" * 29)
receive(accepted, 29)
accepted.sendall(b"a" * 31)
receive(client, 31)

asker = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
asker.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
asker.sendto(b"q" * 37, (MAPPED, datagram.getsockname()[1]))
_, peer = datagram.recvfrom(100)
datagram.sendto(b"a" * 41, peer)
asker.recvfrom(100)

hold(
    [
        open_row(stream, "LISTEN"),
        open_row(client, "ESTABLISHED"),
        open_row(accepted, "ESTABLISHED"),
        open_row(datagram, "BOUND"),
        open_row(asker, "BOUND"),
    ]
)
peers = [{"address": HERE, "flows": 1}]
client.close()
accepted.close()
truth(
    listens=[
        listen_row(stream, "system", 1, bytesIn=29, bytesOut=31, peers=peers),
        listen_row(datagram, "system", 1, bytesIn=37, bytesOut=41, peers=peers),
    ],
    connects=[
        connect_row("tcp", (MAPPED, stream.getsockname()[1]), 1, bytesIn=31, bytesOut=29),
        connect_row("udp", (MAPPED, datagram.getsockname()[1]), 1, bytesIn=41, bytesOut=37),
    ],
    processes=[process_row()],
)
