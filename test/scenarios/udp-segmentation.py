"""scenario: UDP_SEGMENT sends 23 datagrams in one call, and UDP_GRO gives several of them by one call
kernel: 5.0 or newer
"""

import socket
import struct

from scenario import HERE, bound, connect_row, hold, listen_row, not_applicable, open_row, process_row, ready, truth

SOL_UDP, UDP_SEGMENT, UDP_GRO = 17, 103, 104
SIZE, COUNT = 1201, 23

ready()
apart, together = bound(socket.SOCK_DGRAM), bound(socket.SOCK_DGRAM)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    together.setsockopt(SOL_UDP, UDP_GRO, 1)
    sender.setsockopt(SOL_UDP, UDP_SEGMENT, 0)
except OSError as error:
    not_applicable(f"UDP segmentation: {error.strerror}")

segment = [(SOL_UDP, UDP_SEGMENT, struct.pack("H", SIZE))]
for server in (apart, together):
    assert sender.sendmsg([b"s" * (SIZE * COUNT)], segment, 0, server.getsockname()) == SIZE * COUNT
for _ in range(COUNT):
    assert len(apart.recvfrom(1 << 16)[0]) == SIZE
received = 0
while received < SIZE * COUNT:
    received += len(together.recvfrom(1 << 16)[0])
assert received == SIZE * COUNT

hold([open_row(sock, "BOUND") for sock in (apart, together, sender)])
peers = [{"address": HERE, "flows": 1}]
servers = (apart, together)
truth(
    listens=[listen_row(server, "system", 1, bytesIn=SIZE * COUNT, bytesOut=0, peers=peers) for server in servers],
    connects=[connect_row("udp", server.getsockname(), 1, bytesIn=0, bytesOut=SIZE * COUNT) for server in servers],
    processes=[process_row()],
)
