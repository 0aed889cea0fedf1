// scenario: a process is pid 1 in a pid namespace of its own; it accepts and connects, and is known by its pid outside.
// needs: root
#include "scenario.h"

#define IN 23
#define OUT 29

static void first_process(int tell, int outer_port) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit();
  errno = 0;
  if (getpid() != 1) give_up("not the first process");
  int listening = listener(0), port = local_of(listening).port;
  must(write(tell, &port, sizeof port), "write");
  serve(listening, IN);
  converse(outer_port, OUT);
  _exit(0);
}

int main(void) {
  ready();
  if (geteuid() != 0) not_applicable("a pid namespace needs root");
  int outer = listener(0), outer_port = local_of(outer).port, port, pipes[2];
  must(pipe(pipes), "pipe");
  must(unshare(CLONE_NEWPID), "unshare(CLONE_NEWPID)");
  pid_t inner = must(fork(), "fork");  // child() looks for its parent's pid, which has none there
  if (inner == 0) {
    close(outer);
    first_process(pipes[1], outer_port);
  }
  must(read(pipes[0], &port, sizeof port), "read");
  open_listener(outer_port, PIDS(getpid()));
  open_listener(port, PIDS(inner));
  hold();
  converse(port, IN);
  serve(outer, OUT);
  child_ended(inner);
  served_row(port, "system", PIDS(inner), IN);
  conversed_row(port, PIDS(getpid()), IN);
  served_row(outer_port, "system", PIDS(getpid()), OUT);
  conversed_row(outer_port, PIDS(inner), OUT);
  process_self();
  process_row("'pid':%d,'executable':'%s'", inner, executable());
  truth();
}
