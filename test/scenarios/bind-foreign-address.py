"""scenario: listeners on addresses that the machine does not have (IP_FREEBIND), beside the binds refused without it
needs: ipv6
"""

import socket

from scenario import (
    failed_bind_row,
    free_port,
    give_up,
    hold,
    listen_row,
    open_row,
    process_row,
    ready,
    truth,
)

IP_FREEBIND, IPV6_FREEBIND = 15, 78
# RFC 5737 and RFC 3849: for documentation, so nobody has them.
ADDRESSES = (
    (socket.AF_INET, "192.0.2.23", socket.IPPROTO_IP, IP_FREEBIND),
    (socket.AF_INET6, "2001:db8::23", socket.IPPROTO_IPV6, IPV6_FREEBIND),
)

ready()
port = free_port()
opened, failed = [], []
for family, address, level, option in ADDRESSES:
    for type, protocol in ((socket.SOCK_STREAM, "tcp"), (socket.SOCK_DGRAM, "udp")):
        sock = socket.socket(family, type)
        try:
            sock.bind((address, port))
            give_up("nobody should have the address")
        except OSError:
            failed.append(failed_bind_row(protocol, (address, port), "EADDRNOTAVAIL"))
        sock.setsockopt(level, option, 1)
        sock.bind((address, port))
        if protocol == "tcp":
            sock.listen()
        opened.append((sock, "LISTEN" if protocol == "tcp" else "BOUND"))

hold([open_row(sock, state) for sock, state in opened])
truth(
    listens=[listen_row(sock, "application", 0) for sock, _ in opened],
    failedBinds=failed,
    processes=[process_row()],
)
