// scenario: root opens the listener, gives up root for good, and executes again: the unprivileged image accepts.
// needs: root
#include "scenario.h"

#define FLOWS 23
#define NOBODY 65534

static void unprivileged(int listening) {
  limit();
  errno = 0;
  if (geteuid() != NOBODY || setuid(0) == 0) give_up("root was not given up");
  int port = local_of(listening).port;
  open_listener(port, PIDS(getpid()));
  hold();
  pid_t client = child();
  if (client == 0) {
    close(listening);
    converse(port, FLOWS);
    _exit(0);
  }
  serve(listening, FLOWS);
  child_ended(client);
  served_row(port, "system", PIDS(getpid()), FLOWS);
  conversed_row(port, PIDS(client), FLOWS);
  process_row("'pid':%d,'executable':'%s','arguments':['exec-after-setuid','serve','%d']", getpid(), executable(), listening);
  truth();
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "serve") == 0) unprivileged(atoi(arguments[2]));
  ready();
  if (geteuid() != 0) not_applicable("giving up root needs root");
  char listening[12];
  sprintf(listening, "%d", listener(0));
  must(setresgid(NOBODY, NOBODY, NOBODY), "setresgid");
  must(setresuid(NOBODY, NOBODY, NOBODY), "setresuid");
  // The way through /proc needs no permission on the folders of the path.
  execl("/proc/self/exe", "exec-after-setuid", "serve", listening, NULL);
  give_up("execl");
}
