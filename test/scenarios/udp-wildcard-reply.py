"""scenario: a wildcard UDP server answers each peer from the very address that the peer had asked (IP_PKTINFO)"""

import os
import socket

from scenario import (
    HERE,
    child,
    child_ended,
    connect_row,
    free_port,
    hold,
    listen_row,
    open_row,
    process_row,
    ready,
    truth,
)

IP_PKTINFO = 8

ready()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
server.bind(("0.0.0.0", free_port(socket.SOCK_DGRAM, "0.0.0.0")))
port = server.getsockname()[1]
end, ended = os.pipe()
told, tell = os.pipe()


def ask():
    server.close()
    for address in (HERE, "127.0.0.2", "127.0.0.3"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.sendto(b"q" * 151, (address, port))
            answer, peer = asker.recvfrom(1000)
            assert (len(answer), peer) == (157, (address, port))
    os.write(tell, b".")
    os.read(end, 1)


asking = child(ask)
for _ in range(3):
    question, ancillary, _, peer = server.recvmsg(1000, 100)
    assert len(question) == 151
    [(level, type, info)] = ancillary
    server.sendmsg([b"a" * 157], [(level, type, info)], 0, peer)
os.read(told, 1)

hold([open_row(server, "BOUND")])
processes = [process_row(), process_row(asking)]
os.write(ended, b".")
child_ended(asking)
truth(
    listens=[
        listen_row(
            server,
            "application",
            3,
            bytesIn=3 * 151,
            bytesOut=3 * 157,
            peers=[{"address": HERE, "flows": 3}],
        )
    ],
    connects=[
        connect_row("udp", (address, port), 1, bytesIn=157, bytesOut=151, pids=[asking])
        for address in (HERE, "127.0.0.2", "127.0.0.3")
    ],
    processes=processes,
)
