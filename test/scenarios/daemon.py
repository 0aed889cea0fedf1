# scenario: a daemon forks twice, leaves its session, and listens only after its parent's end.
import os
import select
import socket

from scenario import *

FLOWS = 23


def daemon(middle):
    limit()
    until("the parent's end", lambda: os.getppid() != middle)
    os.setsid()
    sock = listener()
    os.write(tell, f"{os.getpid()} {sock.getsockname()[1]}\n".encode())
    while select.select([sock, stop], [], [])[0] == [sock]:
        peer, _ = sock.accept()
        receive(peer, 5)
        peer.sendall(b"welcome")
        peer.recv(1)  # its end
        peer.close()


def middle():
    os.close(stopping)
    middle_pid = os.getpid()
    if os.fork() == 0:
        try:
            daemon(middle_pid)
        finally:
            os._exit(0)


ready()
told, tell = os.pipe()
stop, stopping = os.pipe()
child_ended(child(middle))
daemon_pid, port = map(int, os.read(told, 100).split())
daemon_ends = os.pidfd_open(daemon_pid)
where = {"address": HERE, "port": port}
row = {"protocol": "tcp", "state": "LISTEN", "local": where, "pids": [daemon_pid], "networkNamespace": network_namespace()}
hold([row])

for _ in range(FLOWS):
    with connected(socket.SOCK_STREAM, (HERE, port)) as to:
        to.sendall(b"hello")
        receive(to, 7)
processes = [process_row(), process_row(daemon_pid)]
os.close(stopping)
select.select([daemon_ends], [], [])
listening = {"portChosenBy": "system", "pids": [daemon_pid], "flows": FLOWS, "bytesIn": 5 * FLOWS, "bytesOut": 7 * FLOWS}
truth(
    listens=[{"protocol": "tcp", **where, **listening}],
    connects=[connect_row("tcp", (HERE, port), FLOWS, bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=processes,
)
