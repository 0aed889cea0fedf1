"""scenario: a broadcast over a wire reaches a listener in another network namespace, which answers its sender alone
needs: root netns
"""

import os
import socket
import subprocess

from scenario import (
    child,
    child_ended,
    connect_row,
    hold,
    network_namespace,
    new_network,
    open_row,
    process_row,
    ready,
    truth,
)

BROADCAST = "10.23.0.255"

ready()
new_network()
near = network_namespace()


def ip(command):
    subprocess.run(["ip", *command.split()], check=True)


end, ended = os.pipe()
told, tell = os.pipe()
wired, wire = os.pipe()


def answer():
    new_network()
    os.write(tell, f"{network_namespace()} ".encode())
    os.read(wired, 1)
    ip("address add 10.23.0.2/24 dev sea")
    ip("link set sea up")
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", 0))
    os.write(tell, f"{server.getsockname()[1]} ".encode())
    question, peer = server.recvfrom(1000)
    assert len(question) == 181
    server.sendto(b"a" * 191, peer)
    os.read(end, 1)


answering = child(answer)
far = int(os.read(told, 32))
ip(f"link add harbour type veth peer name sea netns {answering}")
ip("address add 10.23.0.1/24 broadcast 10.23.0.255 dev harbour")
ip("link set harbour up")
os.write(wire, b".")
port = int(os.read(told, 32))

asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asker.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
asker.sendto(b"q" * 181, (BROADCAST, port))
received, peer = asker.recvfrom(1000)
assert (len(received), peer) == (191, ("10.23.0.2", port))

listening = {"protocol": "udp", "address": "0.0.0.0", "port": port}
hold(
    [
        {**open_row(asker, "BOUND"), "networkNamespace": near},
        {
            "protocol": "udp",
            "state": "BOUND",
            "local": {"address": "0.0.0.0", "port": port},
            "pids": [answering],
            "networkNamespace": far,
        },
    ]
)
processes = [process_row(), process_row(answering)]
os.write(ended, b".")
child_ended(answering)
truth(
    listens=[
        {
            **listening,
            "portChosenBy": "system",
            "pids": [answering],
            "flows": 1,
            "bytesIn": 181,
            "bytesOut": 191,
            "peers": [{"address": "10.23.0.1", "flows": 1}],
        }
    ],
    # What was asked went to everybody; the answer came from one that had not been asked by its own address.
    connects=[
        connect_row("udp", (BROADCAST, port), 1, bytesIn=0, bytesOut=181),
        connect_row("udp", ("10.23.0.2", port), 1, bytesIn=191, bytesOut=0),
    ],
    processes=processes,
)
