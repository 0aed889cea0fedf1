"""What every scenario in Python needs: the protocol with the judge, the truth as JSON, and waiting with a limit."""

import ctypes
import json
import os
import signal
import socket
import struct
import sys
import time

LIMIT_SECONDS = 10
# A child may wait through its parent's hold, as long as the judge looks; it dies with its parent in any case.
CHILD_LIMIT_SECONDS = 60
HERE = "127.0.0.1"
libc = ctypes.CDLL(None, use_errno=True)


def give_up(what):
    """Ends the scenario as an error of its own: the judge says "error", not "fail"."""
    print(what, file=sys.stderr, flush=True)
    os._exit(1)


def limit(seconds=LIMIT_SECONDS):
    """Restarts the limit that no stage may exceed. ready() and hold() do it."""
    signal.signal(signal.SIGALRM, lambda *_: give_up(f"waited in vain: {sys._getframe(1)}"))
    signal.alarm(seconds)


def until(what, condition):
    """Waits until `condition` returns something true, and returns that."""
    end = time.monotonic() + LIMIT_SECONDS
    while not (value := condition()):
        if time.monotonic() > end:
            give_up(f"waited in vain for {what}")
        time.sleep(0.001)
    return value


# --- the protocol with the judge


def say(message):
    # In one write: a scenario's children share this pipe.
    os.write(1, (json.dumps(message) + "\n").encode())


def await_go():
    signal.alarm(0)  # The judge has limits of its own.
    while (character := os.read(0, 1)) != b"\n":
        if character == b"":
            os._exit(1)
    limit()


def ready():
    """Says that the scenario is here, and waits until the judge lets it go on. Call it exactly once."""
    limit()
    say({"type": "ready"})
    await_go()


def hold(open):
    """Tells what `ls` must show now (a list of open_row), and waits until the judge has looked. Call it exactly once."""
    say({"type": "hold", "open": open})
    await_go()


def truth(listens=(), connects=(), failedBinds=(), processes=(), **more):
    """Tells the truth and ends the scenario. `more`: outOfScope, ambiguous."""
    rows = {"listens": listens, "connects": connects, "failedBinds": failedBinds, "processes": processes}
    say({"type": "truth", **{name: list(value) for name, value in rows.items()}, **more})
    os._exit(0)


def not_applicable(reason):
    """The kernel or the machine lacks what the scenario needs."""
    say({"type": "not-applicable", "reason": reason})
    os._exit(0)


# --- rows


def endpoint(address):
    """A socket address as `ls` and `run` state it."""
    host, port = address[0], address[1]
    if len(address) == 4 and address[3] and "%" not in host and host.startswith("fe80:"):
        host = f"{host}%{socket.if_indextoname(address[3])}"
    return {"address": host, "port": port}


def protocol_of(sock):
    return "tcp" if sock.type == socket.SOCK_STREAM else "udp"


def open_row(sock, state, pids=None, **more):
    """What `ls` must show of a socket: states are LISTEN, ESTABLISHED, …, and BOUND or CONNECTED for UDP."""
    row = {"protocol": protocol_of(sock), "state": state, "local": endpoint(sock.getsockname())}
    if state not in ("LISTEN", "BOUND"):
        row["remote"] = endpoint(sock.getpeername())
    return {**row, "pids": [os.getpid()] if pids is None else pids, "networkNamespace": network_namespace(), **more}


def listen_row(sock, by, flows, pids=None, **more):
    """One of truth.listens; `by` is application or system. `more`: bytesIn, bytesOut, peers, late."""
    pids = [os.getpid()] if pids is None else pids
    return {"protocol": protocol_of(sock), **endpoint(sock.getsockname()), "portChosenBy": by, "pids": pids, "flows": flows, **more}


def connect_row(protocol, remote, flows, failed=0, pids=None, **more):
    """One of truth.connects; `remote` is a socket address. `more`: errors, bytesIn, bytesOut."""
    pids = [os.getpid()] if pids is None else pids
    return {"protocol": protocol, "remote": endpoint(remote), "pids": pids, "flows": flows, "failed": failed, **more}


def failed_bind_row(protocol, address, error, pids=None):
    """One of truth.failedBinds; `error` is an errno name."""
    return {"protocol": protocol, **endpoint(address), "error": error, "pids": [os.getpid()] if pids is None else pids}


def process_row(pid=None, **more):
    """One of truth.processes, while it lives. `more`: arguments."""
    return {"pid": pid or os.getpid(), "executable": os.readlink(f"/proc/{pid or 'self'}/exe"), **more}


# --- where


def network_namespace():
    """The inode of this thread's network namespace."""
    return os.stat("/proc/thread-self/ns/net").st_ino


def new_network():
    """A network namespace of its own for this thread, with its loopback up. Needs root."""
    CLONE_NEWNET = 0x40000000
    if libc.unshare(CLONE_NEWNET) != 0:
        give_up(f"unshare(CLONE_NEWNET): {os.strerror(ctypes.get_errno())}")
    import fcntl

    SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING))


def child(work):
    """Forks a child that does `work` and ends; it dies with its parent. Returns its pid."""
    parent = os.getpid()
    pid = os.fork()
    if pid != 0:
        return pid
    status = 1
    try:
        PR_SET_PDEATHSIG = 1
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            limit(CHILD_LIMIT_SECONDS)
            work()
            status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def child_ended(pid):
    """Waits for the end of a child, which must succeed."""
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status != 0:
        give_up(f"child {pid} ended with {status}")


# --- sockets


def bound(type, port=0, address=HERE):
    """A socket bound to the port; 0 lets the system choose. IPv6 where the address is."""
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, type)
    sock.bind((address, port))
    return sock


def listener(port=0, address=HERE):
    """A TCP listener; port 0 lets the system choose."""
    sock = bound(socket.SOCK_STREAM, port, address)
    sock.listen(128)
    return sock


def connected(type, address):
    """A socket connected to a socket address."""
    sock = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, type)
    sock.connect(address)
    return sock


def free_port(type=socket.SOCK_STREAM, address=HERE):
    """A port that was free a moment ago. Costs no row in the truth: nothing listens and nothing connects."""
    with bound(type, 0, address) as sock:
        return sock.getsockname()[1]


def receive(sock, count):
    """Exactly so many bytes of a stream."""
    parts = []
    while count > 0:
        part = sock.recv(min(count, 1 << 16))
        if part == b"":
            give_up("the peer closed")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
