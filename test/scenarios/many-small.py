"""scenario: 1,009 small connections in turn to 23 listeners of 5 processes; every row exact"""

import os
import socket

from scenario import (
    HERE,
    child,
    child_ended,
    connect_row,
    connected,
    hold,
    listener,
    process_row,
    ready,
    receive,
    truth,
)

CONNECTIONS, LISTENERS, SERVERS = 1009, 23, 5

ready()
listening = [listener() for _ in range(LISTENERS)]
ports = [one.getsockname()[1] for one in listening]
flows = [len(range(index, CONNECTIONS, LISTENERS)) for index in range(LISTENERS)]
end, ended = os.pipe()
told, tell = os.pipe()


def serve(number):
    mine = {index: one for index, one in enumerate(listening) if index % SERVERS == number}
    for index, one in enumerate(listening):
        if index not in mine:
            one.close()
    for turn in range(CONNECTIONS):
        index = turn % LISTENERS
        if index in mine:
            with mine[index].accept()[0] as accepted:
                receive(accepted, index + 1)
                accepted.sendall(b"a" * (index + 2))
                assert accepted.recv(1) == b""
    os.write(tell, b".")
    os.read(end, 1)


servers = [child(lambda number=number: serve(number)) for number in range(SERVERS)]
for one in listening:
    one.close()
for turn in range(CONNECTIONS):
    index = turn % LISTENERS
    with connected(socket.SOCK_STREAM, (HERE, ports[index])) as client:
        client.sendall(b"q" * (index + 1))
        receive(client, index + 2)
for _ in servers:
    os.read(told, 1)

places = [{"address": HERE, "port": port} for port in ports]
owner = [servers[index % SERVERS] for index in range(LISTENERS)]
hold([{"protocol": "tcp", "state": "LISTEN", "local": place, "pids": [pid]} for place, pid in zip(places, owner)])
processes = [process_row(pid) for pid in (os.getpid(), *servers)]
os.write(ended, b"." * SERVERS)
for pid in servers:
    child_ended(pid)
rows = range(LISTENERS)
truth(
    listens=[
        {
            "protocol": "tcp",
            **places[index],
            "portChosenBy": "system",
            # The first opened it, the other accepts.
            "pids": [os.getpid(), owner[index]],
            "flows": flows[index],
            "bytesIn": flows[index] * (index + 1),
            "bytesOut": flows[index] * (index + 2),
            "peers": [{"address": HERE, "flows": flows[index]}],
        }
        for index in rows
    ],
    connects=[
        connect_row(
            "tcp",
            (HERE, ports[index]),
            flows[index],
            bytesIn=flows[index] * (index + 2),
            bytesOut=flows[index] * (index + 1),
        )
        for index in rows
    ],
    processes=processes,
)
