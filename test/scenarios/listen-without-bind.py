"""scenario: listen() without bind(), over IPv4 and IPv6: the kernel chooses the port within listen itself
needs: ipv6
"""

import socket

from scenario import connect_row, connected, hold, listen_row, open_row, process_row, ready, receive, truth

ready()
listening = [socket.socket(family) for family in (socket.AF_INET, socket.AF_INET6)]
for one in listening:
    one.listen()
    one.listen(23)  # A second time only changes the length of the queue.

for one, address in zip(listening, ("127.0.0.1", "::1")):
    with connected(socket.SOCK_STREAM, (address, one.getsockname()[1])) as client:
        with one.accept()[0] as accepted:
            client.sendall(b"q" * 347)
            receive(accepted, 347)
            accepted.sendall(b"a" * 349)
            receive(client, 349)

hold([open_row(one, "LISTEN") for one in listening])
four, six = (one.getsockname()[1] for one in listening)
truth(
    listens=[listen_row(one, "system", 1, bytesIn=347, bytesOut=349) for one in listening],
    connects=[
        connect_row("tcp", ("127.0.0.1", four), 1, bytesIn=349, bytesOut=347),
        connect_row("tcp", ("::1", six), 1, bytesIn=349, bytesOut=347),
    ],
    processes=[process_row()],
)
