"""scenario: a socket connects to its own port and speaks with itself; nobody ever listened"""

import socket

from scenario import bound, connect_row, hold, open_row, process_row, ready, receive, truth

ready()
both = bound(socket.SOCK_STREAM)
both.connect(both.getsockname())
both.sendall(b"echo" * 367)
receive(both, 4 * 367)

hold([open_row(both, "ESTABLISHED")])
connects = [connect_row("tcp", both.getsockname(), 1, bytesIn=4 * 367, bytesOut=4 * 367)]
both.close()
truth(connects=connects, processes=[process_row()])
