"""scenario: a listener that accepts nobody: two connections fit its queue, of the others one times out and two wait"""

import errno
import select
import socket

from scenario import HERE, connect_row, endpoint, hold, listen_row, open_row, process_row, ready, truth

TCP_USER_TIMEOUT = 18

ready()
listener = socket.socket()
listener.bind((HERE, 0))
listener.listen(1)  # The queue takes one more than it is told.
port = listener.getsockname()[1]


def attempt(user_timeout=0):
    client = socket.socket()
    client.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, user_timeout)
    client.setblocking(False)
    client.connect_ex((HERE, port))
    return client


queued = []
for _ in range(2):
    client = attempt()
    select.select([], [client], [], 10)
    assert client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    queued.append(client)
waiting = [attempt(), attempt()]
hasty = attempt(user_timeout=1)
# The kernel looks at the limit when it is about to ask again, after one second.
select.select([], [hasty], [], 10)
assert hasty.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == errno.ETIMEDOUT

rows = [open_row(listener, "LISTEN"), *(open_row(client, "ESTABLISHED") for client in queued)]
for client in queued:
    # Their other ends wait for an accept: nobody holds them yet.
    ends = {"local": endpoint(listener.getsockname()), "remote": endpoint(client.getsockname())}
    rows.append({"protocol": "tcp", "state": "ESTABLISHED", **ends, "pids": []})
for client in waiting:
    ends = {"local": endpoint(client.getsockname()), "remote": endpoint(listener.getsockname())}
    rows.append({**rows[0], "state": "SYN_SENT", **ends})
hold(rows)
listens = [listen_row(listener, "system", 2, bytesIn=0, bytesOut=0, peers=[{"address": HERE, "flows": 2}])]
for one in (*queued, *waiting, hasty, listener):
    one.close()
truth(
    listens=listens,
    connects=[connect_row("tcp", (HERE, port), 2, failed=3, bytesIn=0, bytesOut=0)],
    processes=[process_row()],
)
