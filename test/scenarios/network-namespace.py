# scenario: the same address and port is listened on in two network namespaces, by different processes.
# needs: root netns
import os
import socket

from scenario import *

HERE_FLOWS, THERE_FLOWS = 23, 29


def serve(sock, flows):
    for _ in range(flows):
        with connected(socket.SOCK_STREAM, sock.getsockname()) as to:
            peer, _ = sock.accept()
            to.sendall(b"hello")
            receive(peer, 5)
            peer.sendall(b"welcome")
            receive(to, 7)
            to.close()
            peer.recv(1)  # its end
            peer.close()


def elsewhere():
    sock.close()  # the inherited one, of the first namespace
    new_network()
    there = listener(port)
    os.write(tell, f"{network_namespace()}\n".encode())
    os.read(wait, 1)
    serve(there, THERE_FLOWS)


ready()
sock = listener()
port = sock.getsockname()[1]
told, tell = os.pipe()
wait, go_on = os.pipe()
other_pid = child(elsewhere)
os.close(wait)
other_namespace = int(os.read(told, 100))
hold([open_row(sock, "LISTEN"), {**open_row(sock, "LISTEN", pids=[other_pid]), "networkNamespace": other_namespace}])

os.write(go_on, b".")
serve(sock, HERE_FLOWS)
child_ended(other_pid)


def listening(pid, namespace, flows):
    given = {"networkNamespace": namespace, "flows": flows, "bytesIn": 5 * flows, "bytesOut": 7 * flows}
    return listen_row(sock, "application" if pid == other_pid else "system", pids=[pid], **given)


def connecting(pid, namespace, flows):
    given = {"networkNamespace": namespace, "bytesIn": 7 * flows, "bytesOut": 5 * flows}
    return connect_row("tcp", sock.getsockname(), flows, pids=[pid], **given)


both = [(os.getpid(), network_namespace(), HERE_FLOWS), (other_pid, other_namespace, THERE_FLOWS)]
truth(
    listens=[listening(*one) for one in both],
    connects=[connecting(*one) for one in both],
    processes=[process_row(), {**process_row(), "pid": other_pid}],
)
