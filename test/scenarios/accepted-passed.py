# scenario: a process accepts and passes each connection over a Unix socket (SCM_RIGHTS) to a worker, which has the conversation.
import os
import socket

from scenario import *

FLOWS = 23


def worker():
    acceptor.close()
    while True:
        message, descriptors, _, _ = socket.recv_fds(queue, 1, 1)
        if message == b"":
            return
        with socket.socket(fileno=descriptors[0]) as peer:
            queue.sendall(b".")
            receive(peer, 5)
            peer.sendall(b"welcome")
            peer.recv(1)  # its end


def hand_over():
    peer, _ = sock.accept()
    row = open_row(peer, "ESTABLISHED", pids=[worker_pid])
    socket.send_fds(acceptor, [b"."], [peer.fileno()])
    receive(acceptor, 1)
    peer.close()
    return row


def converse(to):
    to.sendall(b"hello")
    receive(to, 7)
    to.close()


ready()
acceptor, queue = socket.socketpair()
worker_pid = child(worker)
queue.close()
sock = listener()
to = connected(socket.SOCK_STREAM, sock.getsockname())
hold([open_row(sock, "LISTEN"), hand_over(), open_row(to, "ESTABLISHED")])

converse(to)
for _ in range(FLOWS - 1):
    to = connected(socket.SOCK_STREAM, sock.getsockname())
    hand_over()
    converse(to)
acceptor.close()
child_ended(worker_pid)
truth(
    listens=[listen_row(sock, "system", FLOWS, bytesIn=5 * FLOWS, bytesOut=7 * FLOWS)],
    connects=[connect_row("tcp", sock.getsockname(), FLOWS, bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=[process_row()],
)
