// scenario: 20,011 connections as fast as one process can make and another accept them, each with one byte and a reset
#include "scenario.h"

#include <sys/mman.h>

#define COUNT 20011
#define AHEAD 1000  // of the acceptor: its queue must not overflow, or the kernel makes connects wait for a second

static volatile int *accepted_so_far;

// A reset leaves no TIME_WAIT behind, so that the next run finds the ports free.
static void burst(int port) {
  struct linger reset = {1, 0};
  waiting_for = "a place in the queue";
  for (int made = 0; made < COUNT; made++) {
    while (made - *accepted_so_far >= AHEAD) sched_yield();
    int client = connected(SOCK_STREAM, port);
    must(send(client, "b", 1, MSG_NOSIGNAL), "send");
    must(setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
    close(client);
  }
}

int main(void) {
  ready();
  accepted_so_far = mmap(NULL, sizeof *accepted_so_far, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (accepted_so_far == MAP_FAILED) give_up("mmap");
  int listening = listener(0), port = local_of(listening).port;
  must(listen(listening, 2 * AHEAD), "listen");
  int end[2];
  char byte;
  must(pipe(end), "pipe");
  pid_t bursting = child();
  if (bursting == 0) {
    close(listening);
    burst(port);
    must(read(end[0], &byte, 1), "read");
    _exit(0);
  }
  for (int i = 0; i < COUNT; i++) {
    int peer = accepted(listening);
    receive_bytes(peer, 1);  // The byte is there before the reset.
    close(peer);
    *accepted_so_far = i + 1;
  }

  int me = getpid();
  open_listener(port, PIDS(me));
  hold();
  process_self();
  process_row("'pid':%d,'executable':'%s'", bursting, executable());
  must(write(end[1], ".", 1), "write");
  child_ended(bursting);
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':%d,"
             "'bytesIn':%d,'bytesOut':0,'peers':[{'address':'127.0.0.1','flows':%d}]", port, me, COUNT, COUNT, COUNT);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],"
              "'flows':%d,'failed':0,'bytesIn':0,'bytesOut':%d",
              port, bursting, COUNT, COUNT);
  truth();
}
