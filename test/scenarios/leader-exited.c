// scenario: the first thread has exited (pthread_exit in main), and another one listens, connects and accepts.
#include "scenario.h"

#include <pthread.h>

#define FLOWS 23

static char path[4096];

// Whether the first thread is a zombie. Its folder in /proc then shows neither executable nor files.
static int leader_exited(void) {
  char text[512] = "";
  int fd = must(open("/proc/self/stat", O_RDONLY | O_CLOEXEC), "open /proc/self/stat");
  must(read(fd, text, sizeof text - 1), "read");
  close(fd);
  char *after_name = strrchr(text, ')');
  return after_name && after_name[2] == 'Z';
}

static void *remaining(void *nothing) {
  UNTIL("the first thread's end", leader_exited());
  int listening = listener(0), port = local_of(listening).port;
  int to = connected(SOCK_STREAM, port), from = accepted(listening), client_port = remote_of(from).port;
  open_listener(port, PIDS(getpid()));
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", client_port, port, getpid());
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", port, client_port, getpid());
  hold();
  for (int i = 0;; i++) {
    send_bytes(to, ASKED);
    receive_bytes(from, ASKED);
    send_bytes(from, ANSWERED);
    receive_bytes(to, ANSWERED);
    close(to);
    receive_end(from);
    close(from);
    if (i == FLOWS - 1) break;
    to = connected(SOCK_STREAM, port);
    from = accepted(listening);
  }
  served_row(port, "system", PIDS(getpid()), FLOWS);
  conversed_row(port, PIDS(getpid()), FLOWS);
  process_row("'pid':%d,'executable':'%s'", getpid(), path);
  truth();
  return nothing;
}

int main(void) {
  ready();
  strcpy(path, executable());
  pthread_t thread;
  errno = pthread_create(&thread, NULL, remaining, NULL);
  if (errno) give_up("pthread_create");
  pthread_exit(NULL);
}
