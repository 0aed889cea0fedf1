# scenario: one thread opens the listener, another one waits in accept; the owner is the process, not the thread's number.
import os
import socket
import threading

from scenario import *

FLOWS = 23


def client(address):
    for _ in range(FLOWS):
        with connected(socket.SOCK_STREAM, address) as to:
            to.sendall(b"hello")
            receive(to, 7)


def accepter():
    for _ in range(FLOWS):
        peer, _ = sock.accept()
        receive(peer, 5)
        peer.sendall(b"welcome")
        peer.recv(1)  # its end
        peer.close()


def waits_in_accept(thread):
    """Whether the thread sleeps in accept4 (288 on x86-64, 242 on arm64) or accept (43, 202)."""
    with open(f"/proc/self/task/{thread.native_id}/syscall") as file:
        return file.read().split()[0] in ("288", "43", "242", "202")


ready()
sock = listener()
thread = threading.Thread(target=accepter)
thread.start()
until("the thread in accept", lambda: waits_in_accept(thread))
hold([open_row(sock, "LISTEN")])

client_pid = child(lambda: client(sock.getsockname()))
child_ended(client_pid)
thread.join()
truth(
    listens=[listen_row(sock, "system", FLOWS, bytesIn=5 * FLOWS, bytesOut=7 * FLOWS)],
    connects=[connect_row("tcp", sock.getsockname(), FLOWS, pids=[client_pid], bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=[process_row(), {**process_row(), "pid": client_pid}],
)
