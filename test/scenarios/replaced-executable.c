// scenario: a service's executable is replaced while it runs (an upgrade); the old and the new one listen beside each other.
#include "scenario.h"

#define OLD_FLOWS 5
#define NEW_FLOWS 23

static int service(int flows) {
  limit();
  int listening = listener(0), port = local_of(listening).port;
  must(write(1, &port, sizeof port), "write");
  serve(listening, flows);
  return 0;
}

// Starts what is at ./service now; it says on which port it listens.
static pid_t start(const char *flows, int *port) {
  int says[2];
  must(pipe2(says, O_CLOEXEC), "pipe2");
  pid_t pid = child();
  if (pid == 0) {
    must(dup2(says[1], 1), "dup2");
    execl("./service", "service", "serve", flows, NULL);
    give_up("execl");
  }
  close(says[1]);
  errno = 0;
  if (read(says[0], port, sizeof *port) != sizeof *port) give_up("the service");
  close(says[0]);
  return pid;
}

static void upgrade(void) {
  copy_program("service.new");
  int fd = must(open("service.new", O_WRONLY | O_APPEND | O_CLOEXEC), "open");
  must(write(fd, "2", 1), "write");  // another content than the old one's
  close(fd);
  must(rename("service.new", "service"), "rename");
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "serve") == 0) return service(atoi(arguments[2]));
  ready();
  int old_port, new_port;
  char flows[12];
  copy_program("service");
  sprintf(flows, "%d", OLD_FLOWS);
  pid_t old = start(flows, &old_port);
  upgrade();
  sprintf(flows, "%d", NEW_FLOWS);
  pid_t new = start(flows, &new_port);
  open_listener(old_port, PIDS(old));
  open_listener(new_port, PIDS(new));
  hold();
  converse(old_port, OLD_FLOWS);
  converse(new_port, NEW_FLOWS);
  child_ended(old);
  child_ended(new);
  served_row(old_port, "system", PIDS(old), OLD_FLOWS);
  served_row(new_port, "system", PIDS(new), NEW_FLOWS);
  conversed_row(old_port, PIDS(getpid()), OLD_FLOWS);
  conversed_row(new_port, PIDS(getpid()), NEW_FLOWS);
  const char *path = realpath("service", NULL);
  process_self();
  // Both were started from this path. The kernel adds " (deleted)" to the old one's since.
  process_row("'pid':%d,'executable':'%s'", old, path);
  process_row("'pid':%d,'executable':'%s'", new, path);
  truth();
}
