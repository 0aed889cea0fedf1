# scenario: one process opens a listener, passes it over a Unix socket (SCM_RIGHTS), and another one accepts.
import os
import socket

from scenario import *

FLOWS = 23


def receiver():
    pass_on.close()
    _, descriptors, _, _ = socket.recv_fds(passed_on, 1, 1)
    listening = socket.socket(fileno=descriptors[0])
    passed_on.sendall(b".")
    for _ in range(FLOWS):
        peer, _ = listening.accept()
        receive(peer, 5)
        peer.sendall(b"welcome")
        peer.recv(1)  # its end
        peer.close()
    passed_on.recv(1)


ready()
pass_on, passed_on = socket.socketpair()
receiver_pid = child(receiver)
sock = listener()
socket.send_fds(pass_on, [b"."], [sock.fileno()])
receive(pass_on, 1)
address = sock.getsockname()
listening = listen_row(sock, "system", FLOWS, pids=[os.getpid(), receiver_pid], bytesIn=5 * FLOWS, bytesOut=7 * FLOWS)
open_now = open_row(sock, "LISTEN", pids=[receiver_pid])
sock.close()
hold([open_now])

for _ in range(FLOWS):
    with connected(socket.SOCK_STREAM, address) as to:
        to.sendall(b"hello")
        receive(to, 7)
processes = [process_row(), process_row(receiver_pid)]
pass_on.sendall(b".")
child_ended(receiver_pid)
truth(
    listens=[listening],
    connects=[connect_row("tcp", address, FLOWS, bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=processes,
)
