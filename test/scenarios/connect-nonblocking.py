"""scenario: non-blocking connects: one refused, one timed out, one established and then reset by its peer
needs: root netns
"""

import errno
import select
import socket
import struct
import subprocess

from scenario import (
    HERE,
    connect_row,
    endpoint,
    free_port,
    give_up,
    hold,
    listen_row,
    listener,
    new_network,
    open_row,
    process_row,
    ready,
    receive,
    truth,
)

TCP_USER_TIMEOUT = 18
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
NOBODY = "10.23.0.99"

ready()
new_network()
# What is sent to this address goes to a card that nobody has: the other end of the wire drops it.
for command in (
    "link add harbour type veth peer name sea",
    "link set harbour up",
    "link set sea up",
    "address add 10.23.0.1/24 dev harbour",
    f"neighbour add {NOBODY} lladdr 02:00:00:00:00:99 dev harbour nud permanent",
):
    subprocess.run(["ip", *command.split()], check=True)


def attempt(address):
    client = socket.socket()
    client.setblocking(False)
    begun = client.connect_ex(address)
    assert begun == errno.EINPROGRESS, begun
    return client


def outcome(client):
    select.select([], [client], [], 10)
    return client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


closed = free_port()
assert outcome(attempt((HERE, closed))) == errno.ECONNREFUSED

listening = listener()
client = attempt(listening.getsockname())
accepted, _ = listening.accept()
assert outcome(client) == 0
client.sendall(b"q" * 79)
receive(accepted, 79)
accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
accepted.close()
select.select([client], [], [], 10)
try:
    client.recv(1)
    give_up("the connection should have been reset")
except ConnectionResetError:
    pass

lost = attempt((NOBODY, 443))
waiting = {"local": endpoint(lost.getsockname()), "remote": {"address": NOBODY, "port": 443}}
row = open_row(listening, "LISTEN")
hold([row, {**row, "state": "SYN_SENT", **waiting}])
# The kernel looks at the limit when it is about to ask again, within a second or so.
lost.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, 1)
assert outcome(lost) == errno.ETIMEDOUT
truth(
    listens=[listen_row(listening, "system", 1, bytesIn=79, bytesOut=0)],
    connects=[
        connect_row("tcp", (HERE, closed), 0, failed=1, errors={"ECONNREFUSED": 1}),
        connect_row("tcp", (NOBODY, 443), 0, failed=1, errors={"ETIMEDOUT": 1}),
        connect_row("tcp", listening.getsockname(), 1, bytesIn=0, bytesOut=79),
    ],
    processes=[process_row()],
)
