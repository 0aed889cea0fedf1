# scenario: a process opens a listener in a network namespace and goes back (setns): no process lives where the socket does.
# needs: root netns
import os
import socket

from scenario import *

FLOWS = 23
CLONE_NEWNET = 0x40000000


def go_back(to):
    if libc.setns(to, CLONE_NEWNET) != 0:
        give_up("setns")


ready()
home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
new_network()
sock = listener()
clients = [socket.socket() for _ in range(FLOWS)]  # of that namespace too
there = open_row(sock, "LISTEN", uninhabited=True)
go_back(home)
os.close(home)
hold([there])

for client in clients:
    client.connect(sock.getsockname())
    peer, _ = sock.accept()
    client.sendall(b"hello")
    receive(peer, 5)
    peer.sendall(b"welcome")
    receive(client, 7)
    client.close()
    peer.recv(1)  # its end
    peer.close()
given = {"networkNamespace": there["networkNamespace"], "bytesIn": 5 * FLOWS, "bytesOut": 7 * FLOWS}
truth(
    listens=[listen_row(sock, "system", FLOWS, **given)],
    connects=[connect_row("tcp", sock.getsockname(), FLOWS, bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=[process_row()],
)
