// scenario: one process opens a listener and lets go of it, another accepts from it by io_uring alone
// needs: io_uring
#include "io_uring.h"

#define COUNT 23
#define QUESTION 251
#define ANSWER 257

static void serve_over_ring(int listening, int told, int end) {
  struct ring ring = new_ring();
  char byte;
  must(write(told, ".", 1), "write");
  for (int i = 0; i < COUNT; i++) {
    struct io_uring_sqe sqe = {.opcode = IORING_OP_ACCEPT, .fd = listening};
    int peer = ring_must(&ring, sqe, "accept over io_uring");
    ring_receive(&ring, peer, QUESTION);
    ring_send(&ring, peer, ANSWER);
    receive_end(peer);
    close(peer);
  }
  must(read(end, &byte, 1), "read");
  _exit(0);
}

int main(void) {
  ready();
  close(new_ring().fd);  // Whether there are any is said by the process that speaks to the judge.
  int listening = listener(0), port = local_of(listening).port;
  int told[2], end[2];
  char byte;
  must(pipe(told), "pipe");
  must(pipe(end), "pipe");
  pid_t serving = child();
  if (serving == 0) serve_over_ring(listening, told[1], end[0]);
  close(listening);
  must(read(told[0], &byte, 1), "read");
  for (int i = 0; i < COUNT; i++) {
    int client = connected(SOCK_STREAM, port);
    send_bytes(client, QUESTION);
    receive_bytes(client, ANSWER);
    close(client);
  }

  int me = getpid();
  open_listener(port, PIDS(serving));
  hold();
  process_self();
  process_row("'pid':%d,'executable':'%s'", serving, executable());
  must(write(end[1], ".", 1), "write");
  child_ended(serving);
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d,%d],'flows':%d,"
             "'bytesIn':%d,'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':%d}]",
             port, me, serving, COUNT, COUNT * QUESTION, COUNT * ANSWER, COUNT);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':%d,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d",
              port, me, COUNT, COUNT * ANSWER, COUNT * QUESTION);
  truth();
}
