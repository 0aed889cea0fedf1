"""scenario: datagrams to a port where nobody is: sent they are, whatever ICMP answers to the connected socket"""

import socket

from scenario import HERE, connect_row, connected, free_port, give_up, hold, open_row, process_row, ready, truth

ready()
nobody = (HERE, free_port(socket.SOCK_DGRAM))
asker = connected(socket.SOCK_DGRAM, nobody)
for _ in range(3):
    assert asker.send(b"q" * 373) == 373
    try:
        asker.recv(1000)
        give_up("nobody should answer")
    except ConnectionRefusedError:
        pass

hold([open_row(asker, "CONNECTED")])
truth(connects=[connect_row("udp", nobody, 1, bytesIn=0, bytesOut=3 * 373)], processes=[process_row()])
