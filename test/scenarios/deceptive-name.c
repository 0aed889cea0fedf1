// scenario: a process deceives: its name says sshd (PR_SET_NAME) and its argv[0] says nginx; the executable is neither.
#include "scenario.h"

#define FLOWS 23
#define TITLE "nginx: master process /usr/sbin/nginx"

static void deceiver(void) {
  limit();
  must(prctl(PR_SET_NAME, "sshd"), "PR_SET_NAME");
  int listening = listener(0), port = local_of(listening).port;
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
  process_row("'pid':%d,'executable':'%s','arguments':['" TITLE "']", getpid(), executable());
  process_row("'pid':%d,'executable':'%s','arguments':['" TITLE "']", client, executable());
  truth();
}

int main(int count, char **arguments) {
  if (count == 1 && strcmp(arguments[0], TITLE) == 0) deceiver();
  ready();
  execl(executable(), TITLE, NULL);
  give_up("execl");
}
