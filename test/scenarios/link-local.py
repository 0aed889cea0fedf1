"""scenario: link-local listeners over TCP and UDP with their clients: without the interface the addresses mean nothing
needs: root netns ipv6
"""

import socket
import subprocess

from scenario import connect_row, hold, listen_row, new_network, open_row, process_row, ready, receive, truth

ready()
new_network()
for command in (
    "link add harbour type veth peer name sea",
    "link set harbour up",
    "link set sea up",
    "address add fe80::17/64 dev harbour nodad",
    "address add fe80::19/64 dev sea nodad",
):
    subprocess.run(["ip", *command.split()], check=True)


def at(address, port, interface):
    return (address, port, 0, socket.if_nametoindex(interface))


def link_local(type):
    sock = socket.socket(socket.AF_INET6, type)
    sock.bind(at("fe80::17", 0, "harbour"))
    return sock


stream = link_local(socket.SOCK_STREAM)
stream.listen()
client = socket.socket(socket.AF_INET6)
client.connect(stream.getsockname())
accepted, _ = stream.accept()
client.sendall(b"q" * 61)
receive(accepted, 61)
accepted.sendall(b"a" * 67)
receive(client, 67)

datagram = link_local(socket.SOCK_DGRAM)
asker = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
asker.connect(datagram.getsockname())
asker.send(b"q" * 71)
_, peer = datagram.recvfrom(100)
datagram.sendto(b"a" * 73, peer)
asker.recv(100)

# One number, two links: this listener is another place than the first.
other = socket.socket(socket.AF_INET6)
other.bind(at("fe80::19", stream.getsockname()[1], "sea"))
other.listen()

hold(
    [
        open_row(stream, "LISTEN"),
        open_row(other, "LISTEN"),
        open_row(client, "ESTABLISHED"),
        open_row(accepted, "ESTABLISHED"),
        open_row(datagram, "BOUND"),
        open_row(asker, "CONNECTED"),
    ]
)
client.close()
accepted.close()
peers = [{"address": "fe80::17%harbour", "flows": 1}]
truth(
    listens=[
        listen_row(stream, "system", 1, bytesIn=61, bytesOut=67, peers=peers),
        listen_row(other, "application", 0),
        listen_row(datagram, "system", 1, bytesIn=71, bytesOut=73, peers=peers),
    ],
    connects=[
        connect_row("tcp", stream.getsockname(), 1, bytesIn=67, bytesOut=61),
        connect_row("udp", datagram.getsockname(), 1, bytesIn=73, bytesOut=71),
    ],
    processes=[process_row()],
)
