"""scenario: an IPv6-only listener and an IPv4 listener of another process share one port number
needs: ipv6
"""

import os
import socket

from scenario import child, child_ended, connect_row, hold, listen_row, open_row, process_row, ready, receive, truth

ready()
six = socket.socket(socket.AF_INET6)
six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
six.bind(("::", 0))
six.listen()
port = six.getsockname()[1]
told, tell = os.pipe()
end, ended = os.pipe()


def serve_four():
    six.close()
    four = socket.socket()
    four.bind(("0.0.0.0", port))
    four.listen()
    os.write(tell, b".")
    with four.accept()[0] as accepted:
        receive(accepted, 17)
        accepted.sendall(b"4" * 19)
        os.read(end, 1)


server = child(serve_four)
os.read(told, 1)
over_four = socket.create_connection(("127.0.0.1", port))
over_four.sendall(b"q" * 17)
receive(over_four, 19)
over_six = socket.create_connection(("::1", port))
accepted, _ = six.accept()
over_six.sendall(b"q" * 23)
receive(accepted, 23)

hold(
    [
        open_row(six, "LISTEN"),
        {"protocol": "tcp", "state": "LISTEN", "local": {"address": "0.0.0.0", "port": port}, "pids": [server]},
        open_row(over_four, "ESTABLISHED"),
        open_row(over_six, "ESTABLISHED"),
        open_row(accepted, "ESTABLISHED"),
    ]
)
processes = [process_row(), process_row(server)]
os.write(ended, b".")
child_ended(server)
listens = [
    listen_row(six, "system", 1, bytesIn=23, bytesOut=0, peers=[{"address": "::1", "flows": 1}]),
    {
        "protocol": "tcp",
        "address": "0.0.0.0",
        "port": port,
        "portChosenBy": "application",
        "pids": [server],
        "flows": 1,
        "bytesIn": 17,
        "bytesOut": 19,
        "peers": [{"address": "127.0.0.1", "flows": 1}],
    },
]
for one in (over_four, over_six, accepted):
    one.close()
truth(
    listens=listens,
    connects=[
        connect_row("tcp", ("127.0.0.1", port), 1, bytesIn=19, bytesOut=17),
        connect_row("tcp", ("::1", port), 1, bytesIn=0, bytesOut=23),
    ],
    processes=processes,
)
