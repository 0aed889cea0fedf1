// scenario: a thread that is not the first has a descriptor table of its own, unshare(CLONE_FILES), and listens in it alone.
#include "scenario.h"

#include <pthread.h>

#define FLOWS 23

static int turn[2];

static void *other_table(void *nothing) {
  must(unshare(CLONE_FILES), "unshare(CLONE_FILES)");
  int listening = listener(0), port = local_of(listening).port;
  must(write(turn[1], &port, sizeof port), "write");
  serve(listening, FLOWS);
  close(listening);
  return nothing;
}

int main(void) {
  ready();
  int port;
  pthread_t thread;
  must(pipe(turn), "pipe");
  errno = pthread_create(&thread, NULL, other_table, NULL);
  if (errno) give_up("pthread_create");
  must(read(turn[0], &port, sizeof port), "read");
  open_listener(port, PIDS(getpid()));
  hold();
  converse(port, FLOWS);
  errno = pthread_join(thread, NULL);
  if (errno) give_up("pthread_join");
  served_row(port, "system", PIDS(getpid()), FLOWS);
  conversed_row(port, PIDS(getpid()), FLOWS);
  process_self();
  truth();
}
