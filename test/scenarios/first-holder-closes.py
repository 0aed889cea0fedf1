# scenario: two processes hold one listener; the one that opened it closes it, and the other one accepts.
import os
import socket

from scenario import *

FLOWS = 23


def second():
    os.close(go_on)
    os.write(held, b".")
    for _ in range(FLOWS):
        peer, _ = sock.accept()
        receive(peer, 5)
        peer.sendall(b"welcome")
        peer.recv(1)  # its end
        peer.close()
    os.read(wait, 1)


ready()
sock = listener()
address = sock.getsockname()
holds, held = os.pipe()
wait, go_on = os.pipe()
second_pid = child(second)
os.read(holds, 1)
listening = listen_row(sock, "system", FLOWS, pids=[os.getpid(), second_pid], bytesIn=5 * FLOWS, bytesOut=7 * FLOWS)
open_now = open_row(sock, "LISTEN", pids=[second_pid])
sock.close()
hold([open_now])

for _ in range(FLOWS):
    with connected(socket.SOCK_STREAM, address) as to:
        to.sendall(b"hello")
        receive(to, 7)
processes = [process_row(), process_row(second_pid)]
os.close(go_on)
child_ended(second_pid)
truth(
    listens=[listening],
    connects=[connect_row("tcp", address, FLOWS, bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=processes,
)
