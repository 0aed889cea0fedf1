// scenario: a program deletes its own executable, then listens; who it was is the path from which it was started.
#include "scenario.h"

#define FLOWS 23

static void deleted(void) {
  limit();
  char path[4096];
  strcpy(path, executable());
  must(unlink(path), "unlink");
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
  // The kernel now adds " (deleted)" in /proc/PID/exe, which no file has as its name here.
  process_row("'pid':%d,'executable':'%s'", getpid(), path);
  process_row("'pid':%d,'executable':'%s'", client, path);
  truth();
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "deleted") == 0) deleted();
  ready();
  copy_program("ephemeral");
  execl("./ephemeral", "./ephemeral", "deleted", NULL);
  give_up("execl");
}
