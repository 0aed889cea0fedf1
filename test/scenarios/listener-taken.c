// scenario: a process takes the listener out of another one with pidfd_getfd, which closes it then; the taker accepts.
#include "scenario.h"

#include <sys/syscall.h>

#define FLOWS 23

static void taker(pid_t owner, int theirs, int tell) {
  int process = must(syscall(SYS_pidfd_open, owner, 0), "pidfd_open");
  int listening = syscall(SYS_pidfd_getfd, process, theirs, 0);
  int error = listening < 0 ? errno : 0;
  must(write(tell, &error, sizeof error), "write");
  if (error) _exit(0);
  serve(listening, FLOWS);
  _exit(0);
}

int main(void) {
  ready();
  int told[2], start[2], listening, error;
  must(pipe(told), "pipe");
  must(pipe(start), "pipe");
  // The taker is forked first, so that it inherits nothing.
  pid_t owner = getpid(), pid = child();
  if (pid == 0) {
    must(read(start[0], &listening, sizeof listening), "read");
    taker(owner, listening, told[1]);
  }
  prctl(PR_SET_PTRACER, pid);  // where Yama restricts ptrace to descendants
  listening = listener(0);
  int port = local_of(listening).port;
  must(write(start[1], &listening, sizeof listening), "write");
  must(read(told[0], &error, sizeof error), "read");
  if (error == EPERM || error == ENOSYS) not_applicable("the kernel refuses pidfd_getfd");
  errno = error;
  if (error) give_up("pidfd_getfd");
  close(listening);
  open_listener(port, PIDS(pid));
  hold();
  converse(port, FLOWS);
  child_ended(pid);
  served_row(port, "system", PIDS(owner, pid), FLOWS);
  conversed_row(port, PIDS(owner), FLOWS);
  process_self();
  process_row("'pid':%d,'executable':'%s'", pid, executable());
  truth();
}
