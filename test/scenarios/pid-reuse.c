// scenario: five programs, one after the other, get the same pid within a few milliseconds; each makes a connection.
// needs: root
#include "scenario.h"

#include <linux/sched.h>
#include <stdint.h>
#include <sys/syscall.h>

#define GENERATIONS 5

static int connector(int port) {
  limit();
  converse(port, 1);
  return 0;
}

// Forks a child that gets the pid, or any where it is 0.
static pid_t fork_as(pid_t pid) {
  struct clone_args request = {.exit_signal = SIGCHLD, .set_tid = pid ? (uintptr_t)&pid : 0, .set_tid_size = pid != 0};
  waiting_for = "the pid to be free";
  for (;;) {
    pid_t made = syscall(SYS_clone3, &request, sizeof request);
    if (made >= 0) return made;
    if (errno == EPERM || errno == ENOSYS) not_applicable("the kernel refuses clone3 with set_tid");
    if (errno != EEXIST) give_up("clone3");
    usleep(1000);
  }
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "connect") == 0) return connector(atoi(arguments[2]));
  ready();
  int listening = listener(0), port = local_of(listening).port, last = -1;
  fcntl(listening, F_SETFD, FD_CLOEXEC);
  char to[12], name[32];
  sprintf(to, "%d", port);
  pid_t pid = 0;
  for (int i = 0; i < GENERATIONS; i++) {
    sprintf(name, "generation-%d", i);
    copy_program(name);
    pid_t made = fork_as(pid);
    if (made == 0) {
      execl(name, name, "connect", to, NULL);
      _exit(127);
    }
    pid = made;
    process_row("'pid':%d,'executable':'%s','arguments':['%s','connect','%s']", pid, realpath(name, NULL), name, to);
    if (i < GENERATIONS - 1) {
      serve(listening, 1);
      child_ended(pid);
    } else {
      last = accepted(listening);
    }
  }
  open_listener(port, PIDS(getpid()));
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", remote_of(last).port, port, pid);
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", port, remote_of(last).port, getpid());
  hold();
  receive_bytes(last, ASKED);
  send_bytes(last, ANSWERED);
  receive_end(last);
  child_ended(pid);
  served_row(port, "system", PIDS(getpid()), GENERATIONS);
  conversed_row(port, PIDS(pid), GENERATIONS);
  process_self();
  truth();
}
