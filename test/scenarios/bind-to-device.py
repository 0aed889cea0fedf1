"""scenario: two processes listen on the same wildcard and port, each on a device of its own (SO_BINDTODEVICE)
needs: root netns
"""

import os
import socket
import subprocess

from scenario import (
    HERE,
    child,
    child_ended,
    connect_row,
    connected,
    hold,
    listen_row,
    new_network,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

ready()
new_network()
for command in ("link add harbour type veth peer name sea", "link set harbour up", "link set sea up"):
    subprocess.run(["ip", *command.split()], check=True)


def on(device, port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device)
    sock.bind(("0.0.0.0", port))
    sock.listen()
    return sock


told, tell = os.pipe()
end, ended = os.pipe()
near = on(b"lo", 0)
port = near.getsockname()[1]


def listen_outside():
    near.close()
    outside = on(b"harbour", port)
    os.write(tell, b".")
    os.read(end, 1)
    outside.close()


other = child(listen_outside)
os.read(told, 1)
for _ in range(3):
    with connected(socket.SOCK_STREAM, (HERE, port)) as client:
        with near.accept()[0] as accepted:
            client.sendall(b"q" * 359)
            receive(accepted, 359)

hold([open_row(near, "LISTEN"), open_row(near, "LISTEN", pids=[other])])
processes = [process_row(), process_row(other)]
os.write(ended, b".")
child_ended(other)
both = [os.getpid(), other]
peers = [{"address": HERE, "flows": 3}]
truth(
    # One place to whoever reads address and port: the devices are not part of them.
    listens=[listen_row(near, "application", 3, pids=both, bytesIn=3 * 359, bytesOut=0, peers=peers)],
    connects=[connect_row("tcp", (HERE, port), 3, bytesIn=0, bytesOut=3 * 359)],
    processes=processes,
)
