// scenario: programs started by vfork and exec connect and end at once.
#include "scenario.h"

#define CHILDREN 5

static int connector(int port) {
  limit();
  converse(port, 1);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "connect") == 0) return connector(atoi(arguments[2]));
  ready();
  copy_program("connector");
  int listening = listener(0), port = local_of(listening).port;
  fcntl(listening, F_SETFD, FD_CLOEXEC);
  open_listener(port, PIDS(getpid()));
  hold();
  char to[12], *path = realpath("connector", NULL);
  sprintf(to, "%d", port);
  pid_t pids[CHILDREN + 1] = {0};
  for (int i = 0; i < CHILDREN; i++) {
    pid_t pid = vfork();
    if (pid == 0) {
      execl("./connector", "connector", "connect", to, NULL);
      _exit(127);
    }
    pids[i] = must(pid, "vfork");
    serve(listening, 1);
    child_ended(pid);
    process_row("'pid':%d,'executable':'%s','arguments':['connector','connect','%s']", pid, path, to);
  }
  served_row(port, "system", PIDS(getpid()), CHILDREN);
  conversed_row(port, pids, CHILDREN);
  process_self();
  truth();
}
