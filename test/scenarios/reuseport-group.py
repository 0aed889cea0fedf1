# scenario: three processes share one TCP port with SO_REUSEPORT, and each accepts some of the connections.
import os
import socket

from scenario import *

MEMBERS = 3
AT_LEAST = 23  # connections in all
EACH_AT_LEAST = 3
AT_MOST = 499  # the kernel spreads by a hash of the ports: that one of three gets fewer than three of these is out of the question


def group_listener(port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((HERE, port))
    sock.listen(128)
    return sock


def member(port, pipe):
    sock = group_listener(port)
    os.write(pipe, b".")
    while True:
        peer, _ = sock.accept()
        limit()
        receive(peer, 5)
        peer.sendall(os.getpid().to_bytes(7, "big"))
        peer.recv(1)  # its end
        peer.close()


ready()
port = free_port()
listening, listens_now = os.pipe()
members = []
for _ in range(MEMBERS):
    members.append(child(lambda: member(port, listens_now)))
    os.read(listening, 1)

where = {"address": HERE, "port": port}
namespace = network_namespace()
hold([{"protocol": "tcp", "state": "LISTEN", "local": where, "pids": [pid], "networkNamespace": namespace} for pid in members])

served = dict.fromkeys(members, 0)
while sum(served.values()) < AT_LEAST or min(served.values()) < EACH_AT_LEAST:
    if sum(served.values()) == AT_MOST:
        give_up(f"the kernel did not spread the connections: {served}")
    with connected(socket.SOCK_STREAM, (HERE, port)) as sock:
        sock.sendall(b"hello")
        served[int.from_bytes(receive(sock, 7), "big")] += 1

flows = sum(served.values())
processes = [process_row(pid) for pid in members]
for pid in members:
    os.kill(pid, 9)
    os.waitpid(pid, 0)
truth(
    listens=[
        {
            "protocol": "tcp",
            **where,
            "portChosenBy": "application",
            "pids": members,
            "flows": flows,
            "bytesIn": 5 * flows,
            "bytesOut": 7 * flows,
            "peers": [{"address": HERE, "flows": flows}],
        }
    ],
    connects=[connect_row("tcp", (HERE, port), flows, bytesIn=7 * flows, bytesOut=5 * flows)],
    processes=[process_row(), *processes],
)
