# scenario: one process connects, passes the connection over a Unix socket (SCM_RIGHTS) and ends; another one uses it.
import os
import socket

from scenario import *

SENT, RECEIVED = 1009, 2003


def opener():
    sock.close()
    passed_on.close()
    connection = connected(socket.SOCK_STREAM, address)
    socket.send_fds(pass_on, [b"."], [connection.fileno()])


def worker():
    sock.close()
    pass_on.close()
    _, descriptors, _, _ = socket.recv_fds(passed_on, 1, 1)
    connection = socket.socket(fileno=descriptors[0])
    passed_on.sendall(b".")
    passed_on.recv(1)  # go
    connection.sendall(b"x" * SENT)
    receive(connection, RECEIVED)


ready()
sock = listener()
address = sock.getsockname()
pass_on, passed_on = socket.socketpair()
worker_pid = child(worker)
opener_pid = child(opener)
peer, from_where = sock.accept()
child_ended(opener_pid)
receive(pass_on, 1)
client_side = {**open_row(peer, "ESTABLISHED", pids=[worker_pid]), "local": endpoint(from_where), "remote": endpoint(address)}
hold([open_row(sock, "LISTEN"), open_row(peer, "ESTABLISHED"), client_side])

pass_on.sendall(b".")
receive(peer, SENT)
peer.sendall(b"x" * RECEIVED)
peer.recv(1)  # its end
peer.close()
child_ended(worker_pid)
truth(
    listens=[listen_row(sock, "system", 1, bytesIn=SENT, bytesOut=RECEIVED)],
    connects=[connect_row("tcp", address, 1, pids=[opener_pid], bytesIn=RECEIVED, bytesOut=SENT)],
    processes=[process_row(), {**process_row(), "pid": opener_pid}],
)
