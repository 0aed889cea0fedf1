"""scenario: a multicast datagram reaches two members of its group, one bound to the wildcard and one to the group
needs: root netns
"""

import socket
import subprocess

from scenario import connect_row, hold, listen_row, new_network, open_row, process_row, ready, truth

GROUP = "239.23.23.23"

ready()
new_network()
for command in (
    "link add harbour type veth peer name sea",
    "link set harbour up",
    "link set sea up",
    "address add 10.23.0.1/24 dev harbour",
):
    subprocess.run(["ip", *command.split()], check=True)


def member(address, port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    joined = socket.inet_aton(GROUP) + socket.inet_aton("10.23.0.1")
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
    return sock


anywhere = member("0.0.0.0", 0)
port = anywhere.getsockname()[1]
exact = member(GROUP, port)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("10.23.0.1"))
for _ in range(5):
    sender.sendto(b"m" * 179, (GROUP, port))
    for receiver in (anywhere, exact):
        assert receiver.recvfrom(1000) == (b"m" * 179, ("10.23.0.1", sender.getsockname()[1]))

hold([open_row(sock, "BOUND") for sock in (anywhere, exact, sender)])
peers = [{"address": "10.23.0.1", "flows": 1}]
truth(
    listens=[
        listen_row(anywhere, "system", 1, bytesIn=5 * 179, bytesOut=0, peers=peers),
        listen_row(exact, "application", 1, bytesIn=5 * 179, bytesOut=0, peers=peers),
    ],
    connects=[connect_row("udp", (GROUP, port), 1, bytesIn=0, bytesOut=5 * 179)],
    processes=[process_row()],
)
