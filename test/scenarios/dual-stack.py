"""scenario: one IPv6 listener serves both families, and shows its IPv4 peers as v4-mapped addresses
needs: ipv6
"""

import socket

from scenario import connect_row, hold, listen_row, open_row, process_row, ready, receive, truth

ready()
both = socket.socket(socket.AF_INET6)
both.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
both.bind(("::", 0))
both.listen()
port = both.getsockname()[1]

ends = []
for address in ("127.0.0.1", "::1", "127.0.0.1"):
    client = socket.create_connection((address, port))
    accepted, _ = both.accept()
    client.sendall(b"q" * 11)
    receive(accepted, 11)
    accepted.sendall(b"a" * 13)
    receive(client, 13)
    ends += [client, accepted]

hold([open_row(both, "LISTEN"), *(open_row(end, "ESTABLISHED") for end in ends)])
peers = [{"address": "::1", "flows": 1}, {"address": "::ffff:127.0.0.1", "flows": 2}]
listens = [listen_row(both, "system", 3, bytesIn=33, bytesOut=39, peers=peers)]
for end in ends:
    end.close()
truth(
    listens=listens,
    connects=[
        connect_row("tcp", ("127.0.0.1", port), 2, bytesIn=26, bytesOut=22),
        connect_row("tcp", ("::1", port), 1, bytesIn=13, bytesOut=11),
    ],
    processes=[process_row()],
)
