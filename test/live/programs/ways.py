"""The ways of using ports that no well-behaved program shows all at once. Its arguments are free ports: CHOSEN, CLOSED."""

import socket
import sys

chosen, closed = int(sys.argv[1]), int(sys.argv[2])
HERE = "127.0.0.1"


def datagram(family=socket.AF_INET):
    return socket.socket(family, socket.SOCK_DGRAM)


def exchange(client, listener, size):
    """One connection from `client` to `listener`, with `size` bytes each way."""
    accepted, _ = listener.accept()
    client.sendall(b"q" * size)
    assert len(accepted.recv(size, socket.MSG_WAITALL)) == size
    accepted.sendall(b"a" * size)
    assert len(client.recv(size, socket.MSG_WAITALL)) == size
    client.close()
    accepted.close()


# A TCP listener on both families, on a port that the system chooses, visited over IPv4.
both = socket.socket(socket.AF_INET6)
both.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
both.bind(("::", 0))
both.listen()
exchange(socket.create_connection((HERE, both.getsockname()[1])), both, 101)

# Listening without having bound.
unbound = socket.socket()
unbound.listen()
exchange(socket.create_connection((HERE, unbound.getsockname()[1])), unbound, 103)

# A connection bound to its own end first, without blocking.
bound = socket.socket()
bound.bind((HERE, 0))
bound.setblocking(False)
bound.connect_ex(("127.0.0.2", unbound.getsockname()[1]))
bound.setblocking(True)
exchange(bound, unbound, 107)

# A UDP socket on a port that the system chose, whose peers speak first; some with an address each time, one connected.
asked = datagram()
asked.bind((HERE, 0))
for number in range(3):
    asker = datagram()
    if number == 0:
        asker.connect(asked.getsockname())
        asker.send(b"q" * 109)
    else:
        asker.sendto(b"q" * 109, asked.getsockname())
    question, peer = asked.recvfrom(1000)
    asked.sendto(b"a" * 113, peer)
    asker.recvfrom(1000)
    asker.close()

# A UDP socket on a port of the program's own choice that speaks first, over IPv6.
speaker = datagram(socket.AF_INET6)
speaker.bind(("::1", chosen))
answerer = datagram(socket.AF_INET6)
answerer.bind(("::1", 0))
speaker.sendto(b"q" * 127, answerer.getsockname())
answerer.sendto(b"a" * 131, answerer.recvfrom(1000)[1])
speaker.recvfrom(1000)

# Setting a datagram socket's peer and never writing is no use of the network: resolvers do it to choose an address.
datagram().connect((HERE, closed))

# Bound and never listening.
socket.socket().bind((HERE, closed))

# Attempts in vain.
try:
    socket.create_connection((HERE, closed))
    sys.exit("the port should be closed")
except ConnectionRefusedError:
    pass
try:
    # A broadcast address is refused before anything is sent (connect(2), ENETUNREACH).
    socket.create_connection(("255.255.255.255", closed))
    sys.exit("nobody connects to a broadcast address")
except OSError:
    pass
try:
    datagram(socket.AF_INET6).bind(("::1", chosen))
    sys.exit("the port should be taken")
except OSError:
    pass
try:
    socket.socket().bind(("192.0.2.1", closed))
    sys.exit("the address should not be here")
except OSError:
    pass
