// scenario: socket activation: one program opens the listener, starts another with it as fd 3 and LISTEN_FDS, which accepts.
#include "scenario.h"

#define FLOWS 23
#define LISTEN_FDS_START 3  // sd_listen_fds(3)

static int activated(void) {
  limit();
  if (atoi(getenv("LISTEN_PID")) != getpid() || strcmp(getenv("LISTEN_FDS"), "1") != 0) give_up("not meant");
  serve(LISTEN_FDS_START, FLOWS);
  return 0;
}

// Starts the service with the listener and only then, its exec done, returns.
static pid_t activate(int listening) {
  int executing[2];
  must(pipe2(executing, O_CLOEXEC), "pipe2");
  pid_t pid = child();
  if (pid == 0) {
    // Out of the way, where the pipe happens to be what the listener has to be.
    int until_exec = must(fcntl(executing[1], F_DUPFD_CLOEXEC, LISTEN_FDS_START + 1), "fcntl");
    close(executing[1]);
    if (listening != LISTEN_FDS_START) {
      must(dup2(listening, LISTEN_FDS_START), "dup2");
      close(listening);
    }
    char self[12];
    sprintf(self, "%d", getpid());
    setenv("LISTEN_PID", self, 1);
    setenv("LISTEN_FDS", "1", 1);
    setenv("LISTEN_FDNAMES", "scenario.socket", 1);
    execl("./service", "service", NULL);
    dprintf(until_exec, "!");
    _exit(1);
  }
  close(executing[1]);
  char character;
  errno = 0;
  if (read(executing[0], &character, 1) != 0) give_up("the service's exec");
  close(executing[0]);
  return pid;
}

int main(void) {
  if (getenv("LISTEN_PID")) return activated();
  ready();
  copy_program("service");
  int listening = listener(0), port = local_of(listening).port;
  pid_t service = activate(listening);
  open_listener(port, PIDS(getpid(), service));
  hold();
  converse(port, FLOWS);
  child_ended(service);
  served_row(port, "system", PIDS(getpid(), service), FLOWS);
  conversed_row(port, PIDS(getpid()), FLOWS);
  process_self();
  process_row("'pid':%d,'executable':'%s','arguments':['service']", service, realpath("service", NULL));
  truth();
}
