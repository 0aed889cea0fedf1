// scenario: programs started by posix_spawn connect and end at once.
#include "scenario.h"

#include <spawn.h>

#define CHILDREN 5

extern char **environ;

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
  char *words[] = {"connector", "connect", to, NULL};
  pid_t pids[CHILDREN + 1] = {0};
  for (int i = 0; i < CHILDREN; i++) {
    errno = posix_spawn(&pids[i], "./connector", NULL, NULL, words, environ);
    if (errno) give_up("posix_spawn");
    serve(listening, 1);
    child_ended(pids[i]);
    process_row("'pid':%d,'executable':'%s','arguments':['connector','connect','%s']", pids[i], path, to);
  }
  served_row(port, "system", PIDS(getpid()), CHILDREN);
  conversed_row(port, pids, CHILDREN);
  process_self();
  truth();
}
