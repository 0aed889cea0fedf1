"""scenario: a connect is given up by close while it still waits for an answer, and another by the end of its process"""

import os
import select
import socket

from scenario import (
    HERE,
    child,
    child_ended,
    connect_row,
    endpoint,
    hold,
    listen_row,
    open_row,
    process_row,
    ready,
    truth,
)

ready()
listener = socket.socket()
listener.bind((HERE, 0))
listener.listen(0)  # One connection fills the queue; whoever comes then gets no answer.
port = listener.getsockname()[1]
queued = socket.create_connection((HERE, port))


def attempt():
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex((HERE, port))
    assert select.select([], [client], [], 0)[1] == []
    return client


end, ended = os.pipe()
told, tell = os.pipe()


def attempt_and_die():
    listener.close()
    queued.close()
    client = attempt()
    os.write(tell, f"{client.getsockname()[1]} ".encode())
    os.read(end, 1)


other = child(attempt_and_die)
theirs = int(os.read(told, 16))
mine = attempt()
listen = open_row(listener, "LISTEN")
remote = endpoint(listener.getsockname())
waiting = {"state": "SYN_SENT", "remote": remote}
hold(
    [
        listen,
        {**listen, **waiting, "local": endpoint(mine.getsockname())},
        {**listen, **waiting, "local": {"address": HERE, "port": theirs}, "pids": [other]},
    ]
)
processes = [process_row(), process_row(other)]
mine.close()
os.write(ended, b".")
child_ended(other)
truth(
    listens=[listen_row(listener, "system", 1)],
    connects=[connect_row("tcp", (HERE, port), 1, failed=2, pids=[os.getpid(), other])],
    processes=processes,
)
