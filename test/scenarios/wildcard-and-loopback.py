"""scenario: two processes listen on one port, one on the wildcard and one on 127.0.0.1, and the exact address wins"""

import os
import socket

from scenario import child, child_ended, connect_row, hold, listen_row, open_row, process_row, ready, receive, truth

ready()


def sharing(address, port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((address, port))
    sock.listen()
    return sock


wildcard = sharing("0.0.0.0", 0)
port = wildcard.getsockname()[1]
told, tell = os.pipe()
end, ended = os.pipe()


def serve_exact():
    wildcard.close()
    exact = sharing("127.0.0.1", port)
    os.write(tell, b".")
    for _ in range(3):
        with exact.accept()[0] as accepted:
            receive(accepted, 43)
            accepted.sendall(b"a" * 47)
    os.read(end, 1)


server = child(serve_exact)
os.read(told, 1)
for _ in range(3):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"q" * 43)
        receive(client, 47)
for _ in range(2):
    with socket.create_connection(("127.0.0.2", port)) as client:
        with wildcard.accept()[0] as accepted:
            client.sendall(b"q" * 53)
            receive(accepted, 53)
            accepted.sendall(b"a" * 59)
            receive(client, 59)

exact = {"address": "127.0.0.1", "port": port}
hold([open_row(wildcard, "LISTEN"), {"protocol": "tcp", "state": "LISTEN", "local": exact, "pids": [server]}])
processes = [process_row(), process_row(server)]
os.write(ended, b".")
child_ended(server)
truth(
    listens=[
        listen_row(wildcard, "system", 2, bytesIn=106, bytesOut=118),
        {
            "protocol": "tcp",
            **exact,
            "portChosenBy": "application",
            "pids": [server],
            "flows": 3,
            "bytesIn": 129,
            "bytesOut": 141,
            "peers": [{"address": "127.0.0.1", "flows": 3}],
        },
    ],
    connects=[
        connect_row("tcp", ("127.0.0.1", port), 3, bytesIn=141, bytesOut=129),
        connect_row("tcp", ("127.0.0.2", port), 2, bytesIn=118, bytesOut=106),
    ],
    processes=processes,
)
