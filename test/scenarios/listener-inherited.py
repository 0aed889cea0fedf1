# scenario: a listener is inherited over fork, and parent and child accept from it by turns.
import os
import socket

from scenario import *

FLOWS = 23


def serve(listening):
    peer, _ = listening.accept()
    receive(peer, 5)
    peer.sendall(b"welcome")
    peer.recv(1)  # its end
    peer.close()


def heir(turns, done):
    while os.read(turns, 1):
        serve(sock)
        os.write(done, b".")


def client():
    address = sock.getsockname()
    sock.close()
    os.close(your_turn)
    for _ in range(FLOWS):
        with connected(socket.SOCK_STREAM, address) as to:
            to.sendall(b"hello")
            receive(to, 7)


ready()
sock = listener()
turns, your_turn = os.pipe()
my_turn, done = os.pipe()


def inherit():
    os.close(your_turn)
    heir(turns, done)


child_pid = child(inherit)
hold([open_row(sock, "LISTEN", pids=[os.getpid(), child_pid])])

client_pid = child(client)
for turn in range(FLOWS):
    if turn % 2 == 0:
        serve(sock)
    else:
        os.write(your_turn, b".")
        os.read(my_turn, 1)

processes = [process_row(), process_row(child_pid)]
child_ended(client_pid)
os.close(your_turn)
child_ended(child_pid)
truth(
    listens=[
        listen_row(
            sock,
            "system",
            FLOWS,
            pids=[os.getpid(), child_pid],
            bytesIn=5 * FLOWS,
            bytesOut=7 * FLOWS,
            peers=[{"address": HERE, "flows": FLOWS}],
        )
    ],
    connects=[connect_row("tcp", sock.getsockname(), FLOWS, pids=[client_pid], bytesIn=7 * FLOWS, bytesOut=5 * FLOWS)],
    processes=processes,
)
