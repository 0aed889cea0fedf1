"""scenario: raw IPv4, raw IPv6 and ICMP datagram sockets exchange echoes and a protocol without a name: no ports, no rows
needs: root netns ipv6
"""

import socket
import struct

from scenario import HERE, hold, new_network, ready, truth, until

UNNAMED = 253  # RFC 3692: for experiments

ready()
new_network()
with open("/proc/sys/net/ipv4/ping_group_range", "w") as file:
    file.write("0 0")


def checksum(packet):
    total = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def echo(kind):
    empty = struct.pack("!BBHHH", kind, 0, 0, 23, 1) + b"p" * 56
    return struct.pack("!BBHHH", kind, 0, checksum(empty), 23, 1) + b"p" * 56


ECHO, ECHO_REPLY, ECHO_6, ECHO_REPLY_6 = 8, 0, 128, 129
ping = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
ping.sendto(echo(ECHO), (HERE, 0))
assert ping.recvfrom(1000)[0][0] == ECHO_REPLY
ping6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6)
ping6.connect(("::1", 0))
ping6.send(echo(ECHO_6))
assert ping6.recv(1000)[0] == ECHO_REPLY_6

raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
raw.bind((HERE, 0))
raw.sendto(echo(ECHO), (HERE, 0))
# A raw socket sees the question too (raw(7)); the answer follows.
until("the answer", lambda: raw.recvfrom(1000)[0][20] == ECHO_REPLY)
unnamed = [socket.socket(socket.AF_INET6, socket.SOCK_RAW, UNNAMED) for _ in range(2)]
unnamed[0].bind(("::1", 0))
unnamed[1].connect(("::1", 0))
unnamed[1].send(b"u" * 307)
assert len(unnamed[0].recvfrom(1000)[0]) == 307

hold([])
truth(outOfScope=["raw", "icmp"])
