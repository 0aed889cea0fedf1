"""Sockets of many kinds in the network namespace that this runs in, which must be a new one.

Prints `ready` when all stand, and `without vxlan` before it where the kernel has no such device. Holds them until its
standard input ends."""

import os
import socket
import struct
import subprocess
import sys
import time

V4, V6 = socket.AF_INET, socket.AF_INET6
TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM
LINK = "fe80::17"
OURS, NOBODY = "10.23.0.1", "10.23.0.99"
kept = []


def ip(*words):
    return subprocess.run(["ip", *words], capture_output=True).returncode == 0


def network():
    """Loopback, and a wire whose other end answers nothing."""
    assert ip("link", "set", "lo", "up")
    assert ip("link", "add", "wire", "type", "veth", "peer", "name", "far")
    for name in ("wire", "far"):
        open(f"/proc/sys/net/ipv6/conf/{name}/addr_gen_mode", "w").write("1")
        assert ip("link", "set", name, "up")
    assert ip("address", "add", OURS + "/24", "dev", "wire")
    assert ip("address", "add", LINK + "/64", "dev", "wire", "nodad")
    assert ip("neighbour", "add", NOBODY, "lladdr", "02:00:00:00:00:99", "dev", "wire", "nud", "permanent")


def keep(*sockets):
    kept.extend(sockets)
    return sockets[0] if len(sockets) == 1 else sockets


def listen(family, address, **options):
    one = socket.socket(family, TCP)
    if family == V6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, options.get("only", 1))
    one.bind(address)
    one.listen(16)
    return keep(one)


def pair(listener, family=V4, to=None):
    """Both ends of an established connection, client first."""
    client = socket.socket(family, TCP)
    client.connect(to or listener.getsockname())
    return client, listener.accept()[0]


def fill(sender):
    """Sends until neither end takes more."""
    sender.setblocking(False)
    still = 0
    while still < 5:
        try:
            sender.send(b"x" * 65536)
            still = 0
        except BlockingIOError:
            still += 1
            time.sleep(0.01)


def state(one):
    return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def until(what, test):
    end = time.monotonic() + 10
    while not test():
        if time.monotonic() > end:
            sys.exit("waited in vain for " + what)
        time.sleep(0.01)


def connections():
    four = listen(V4, ("127.0.0.1", 7001))
    six = listen(V6, ("::1", 7002))
    both = listen(V6, ("::", 7003), only=0)
    link = listen(V6, (LINK, 7004, 0, socket.if_nametoindex("wire")))
    listen(V4, ("0.0.0.0", 7005))
    listen(V6, ("::", 7006))
    for listener, family, to in (
        (four, V4, None),
        (six, V6, None),
        (both, V4, ("127.0.0.1", 7003)),
        (both, V6, ("::1", 7003)),
        (both, V6, ("::ffff:127.0.0.1", 7003)),
        (link, V6, None),
    ):
        keep(*pair(listener, family, to))
        # The side that closes first waits in TIME_WAIT, and no process holds it any more.
        client, server = pair(listener, family, to)
        client.close()
        until("the client's FIN", lambda: server.recv(1) == b"")
        server.close()
        client, server = pair(listener, family, to)
        client.shutdown(socket.SHUT_WR)
        until("CLOSE_WAIT", lambda: state(server) == 8)
        keep(client, server)
    # Orphans: FIN_WAIT_2 after a close that the other side has not answered, FIN_WAIT_1 and LAST_ACK behind data that
    # nobody reads.
    client, server = pair(four)
    client.close()
    keep(server)
    client, server = pair(four)
    fill(client)
    client.close()
    keep(server)
    client, server = pair(four)
    client.shutdown(socket.SHUT_WR)
    until("CLOSE_WAIT", lambda: state(server) == 8)
    fill(server)
    server.close()
    keep(client)


def waiting():
    """Connections that nobody accepted, that nobody answers, and that nobody completes."""
    queue = listen(V4, ("127.0.0.1", 7010))
    for _ in range(3):
        client = keep(socket.socket(V4, TCP))
        client.connect(queue.getsockname())
    syn = keep(socket.socket(V4, TCP))
    syn.setblocking(False)
    syn.connect_ex((NOBODY, 7011))
    listen(V4, (OURS, 7012))
    raw = socket.socket(V4, socket.SOCK_RAW, socket.IPPROTO_RAW)
    raw.sendto(syn_packet(NOBODY, 7013, OURS, 7012), (OURS, 0))
    raw.close()


def syn_packet(source, from_port, target, to_port):
    """An IPv4 packet with a SYN whose answer goes nowhere."""
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    segment = struct.pack("!HHIIBBHHH", from_port, to_port, 23, 0, 5 << 4, 2, 1024, 0, 0)
    padded = ends + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(segment)) + segment
    total = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    total = (total & 0xFFFF) + (total >> 16)
    total = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
    segment = segment[:16] + struct.pack("!H", total) + segment[18:]
    return struct.pack("!BBHHHBBH", 0x45, 0, 0, 0, 0, 64, socket.IPPROTO_TCP, 0) + ends + segment


def datagrams():
    def bound(family, address, only=1):
        one = keep(socket.socket(family, UDP))
        if family == V6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
        one.bind(address)
        return one

    scope = socket.if_nametoindex("wire")
    bound(V4, ("127.0.0.1", 7101))
    bound(V4, ("0.0.0.0", 7102))
    bound(V6, ("::1", 7103))
    bound(V6, ("::", 7104))
    bound(V6, ("::", 7105), only=0)
    bound(V6, (LINK, 7106, 0, scope))
    bound(V4, ("127.0.0.1", 7107)).connect(("127.0.0.1", 7101))
    bound(V6, ("::1", 7108)).connect(("::1", 7103))
    bound(V6, (LINK, 7109, 0, scope)).connect(("fe80::99", 7106, 0, scope))
    bound(V6, ("::", 7110), only=0).connect(("::ffff:127.0.0.1", 7101))
    keep(socket.socket(V4, UDP)).connect((NOBODY, 7111))
    keep(socket.socket(V4, UDP))  # has no port, and is in no table


def shared():
    """Two sockets that three processes hold, and one that only a child holds."""
    listen(V4, ("127.0.0.1", 7201))
    one = keep(socket.socket(V4, UDP))
    one.bind(("127.0.0.1", 7202))
    theirs = listen(V4, ("127.0.0.1", 7203))
    # Of all the others, the children keep only these.
    rest = [each for each in kept if each is not one and each.getsockname()[1] not in (7201, 7203)]
    for number in range(2):
        if os.fork() == 0:
            for each in rest:
                each.close()
            if number == 1:
                theirs.close()
            os.write(done, b"x")
            sys.stdin.buffer.read()
            os._exit(0)
    theirs.close()


begun, done = os.pipe()
network()
datagrams()
shared()
for _ in range(2):
    os.read(begun, 1)
connections()
waiting()
if not ip("link", "add", "tunnel", "type", "vxlan", "id", "1", "dstport", "4789") or not ip("link", "set", "tunnel", "up"):
    print("without vxlan")
print("ready", flush=True)
sys.stdin.buffer.read()
