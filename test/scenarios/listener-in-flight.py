# scenario: a listener that no process holds: it waits inside a Unix socket (SCM_RIGHTS) until somebody receives it again.
import os
import socket

from scenario import *

FLOWS = 23


def client(address):
    for _ in range(FLOWS):
        with connected(socket.SOCK_STREAM, address) as to:
            to.sendall(b"hello")
            receive(to, 7)


ready()
away, back = socket.socketpair()
sock = listener()
address = sock.getsockname()
socket.send_fds(away, [b"."], [sock.fileno()])
nobody = open_row(sock, "LISTEN", pids=[])
sock.close()
hold([nobody])

_, descriptors, _, _ = socket.recv_fds(back, 1, 1)
sock = socket.socket(fileno=descriptors[0])
client_pid = child(lambda: client(address))
for _ in range(FLOWS):
    peer, _ = sock.accept()
    receive(peer, 5)
    peer.sendall(b"welcome")
    peer.recv(1)  # its end
    peer.close()
child_ended(client_pid)
truth(
    listens=[listen_row(sock, "system", FLOWS, bytesIn=5 * FLOWS, bytesOut=7 * FLOWS)],
    connects=[connect_row("tcp", address, FLOWS, pids=[client_pid], bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=[process_row(), {**process_row(), "pid": client_pid}],
)
