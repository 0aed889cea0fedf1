"""scenario: binds a privileged port over TCP and UDP after giving up root, and is refused each time
needs: root ipv6
"""

import os
import socket

from scenario import failed_bind_row, give_up, hold, not_applicable, process_row, ready, truth

PORT = 1009
NOBODY = 65534

ready()
with open("/proc/sys/net/ipv4/ip_unprivileged_port_start") as file:
    if int(file.read()) <= PORT:
        not_applicable("every user may bind privileged ports here (net.ipv4.ip_unprivileged_port_start)")
itself = process_row()
os.setgroups([])
os.setresgid(NOBODY, NOBODY, NOBODY)
os.setresuid(NOBODY, NOBODY, NOBODY)

rows = []
for protocol, type in (("tcp", socket.SOCK_STREAM), ("udp", socket.SOCK_DGRAM)):
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::")):
        with socket.socket(family, type) as refused:
            try:
                refused.bind((address, PORT))
                give_up("the bind should have been refused")
            except PermissionError:
                rows.append(failed_bind_row(protocol, (address, PORT), "EACCES"))
hold([])
truth(failedBinds=rows, processes=[itself])
