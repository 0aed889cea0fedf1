"""Sockets on the far end of a cable: what a query finds there.

Takes JSON: lists of ports to listen on by TCP (`tcp`), to answer on by UDP (`echo`) and to be silent on by UDP (`silent`).
Prints `ready` when all stand, and with `watch` before its end the times at which packets from the near end arrived, in
seconds. Ends with its standard input."""

import json
import select
import socket
import sys
import threading

asked = json.loads(sys.argv[1])
kept = []


def udp(port):
    each = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    each.bind(("::", port))
    kept.append(each)
    return each


for port in asked.get("tcp", []):
    kept.append(socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64))
for port in asked.get("silent", []):
    udp(port)
echoing = [udp(port) for port in asked.get("echo", [])]


def echo():
    while True:
        for each in select.select(echoing, [], [])[0]:
            data, peer = each.recvfrom(65536)
            each.sendto(b"echo " + data, peer)


times = []


def watch(device):
    """All IPv4 packets with a destination that TCP or UDP asks for: SYN, or any datagram (packet(7))."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    wire.bind((device, 0x0800))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    wire.setsockopt(socket.SOL_SOCKET, 35, 1)  # SO_TIMESTAMPNS, include/uapi/asm-generic/socket.h
    while True:
        data, control, _, address = wire.recvmsg(128, 64)
        if address[2] == 4:  # PACKET_OUTGOING
            continue
        rest = data[(data[0] & 15) * 4 :]
        if data[9] == 17 or (data[9] == 6 and rest[13] & 0x12 == 2):
            stamp = control[0][2]
            times.append(int.from_bytes(stamp[:8], "little") + int.from_bytes(stamp[8:16], "little") / 1e9)


if echoing:
    threading.Thread(target=echo, daemon=True).start()
if "watch" in asked:
    threading.Thread(target=watch, args=(asked["watch"],), daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
if "watch" in asked:
    print(json.dumps(times), flush=True)
