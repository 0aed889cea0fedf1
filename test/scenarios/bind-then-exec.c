// scenario: a process binds, then executes another program, which listens on the inherited socket and accepts.
#include "scenario.h"

#define FLOWS 23

static void listening(int fd) {
  limit();
  must(listen(fd, 128), "listen");
  int port = local_of(fd).port;
  open_listener(port, PIDS(getpid()));
  hold();
  pid_t client = child();
  if (client == 0) {
    close(fd);
    converse(port, FLOWS);
    _exit(0);
  }
  serve(fd, FLOWS);
  child_ended(client);
  served_row(port, "system", PIDS(getpid()), FLOWS);
  conversed_row(port, PIDS(client), FLOWS);
  process_self();
  process_row("'pid':%d,'executable':'%s'", client, executable());
  truth();
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "listen") == 0) listening(atoi(arguments[2]));
  ready();
  copy_program("listening");
  char fd[12];
  sprintf(fd, "%d", bound_socket(SOCK_STREAM, 0));
  execl("./listening", "./listening", "listen", fd, NULL);
  give_up("execl");
}
