"""Runs a command in a terminal of its own, types once it shows a text, and ends with the command's status.

Usage: terminal.py OUTPUT ROWS COLUMNS TEXT KEYS COMMAND...
OUTPUT receives everything the terminal showed. KEYS may hold Python's escapes, such as \\x03 for Ctrl+C.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

output, rows, columns, text, keys = sys.argv[1:6]
typed = keys.encode().decode("unicode_escape").encode("latin-1")

pid, terminal = pty.fork()
if pid == 0:
    # The size must be there before the command looks.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
    os.execv(sys.argv[6], sys.argv[6:])

shown = b""
with open(output, "wb", buffering=0) as file:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # EIO: the last process has left the terminal
            break
        if not part:
            break
        file.write(part)
        shown += part
        if typed and text.encode() in shown:
            os.write(terminal, typed)
            typed = b""

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256 if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
