// scenario: 23 processes that live for about 2 ms each make one connection that lasts about 1 ms.
#include "scenario.h"

#define CHILDREN 23

static int connector(int port) {
  limit();
  int fd = connected(SOCK_STREAM, port);
  send_bytes(fd, ASKED);
  receive_bytes(fd, ANSWERED);
  _exit(0);
}

int main(int count, char **arguments) {
  if (count == 4 && strcmp(arguments[1], "connect") == 0) return connector(atoi(arguments[2]));
  ready();
  int listening = listener(0), port = local_of(listening).port;
  fcntl(listening, F_SETFD, FD_CLOEXEC);
  open_listener(port, PIDS(getpid()));
  hold();
  char to[12], which[12];
  const char *path = executable();
  sprintf(to, "%d", port);
  pid_t pids[CHILDREN + 1] = {0};
  for (int i = 0; i < CHILDREN; i++) {
    sprintf(which, "%d", i);
    pid_t pid = vfork();
    if (pid == 0) {
      execl(path, "brief", "connect", to, which, NULL);
      _exit(127);
    }
    pids[i] = must(pid, "vfork");
    serve(listening, 1);
    child_ended(pid);
    process_row("'pid':%d,'executable':'%s','arguments':['brief','connect','%s','%s']", pid, path, to, which);
  }
  served_row(port, "system", PIDS(getpid()), CHILDREN);
  conversed_row(port, pids, CHILDREN);
  process_self();
  truth();
}
