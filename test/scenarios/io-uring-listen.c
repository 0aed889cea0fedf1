// scenario: a listener bound, opened and accepted from over io_uring alone; one opened there without a bind; a bind refused
// needs: io_uring
// kernel: 6.11 or newer
#include "io_uring.h"

#define QUESTION 271
#define ANSWER 277

static int ring_bind(struct ring *ring, int fd, struct sockaddr_in *address) {
  struct io_uring_sqe sqe = {.opcode = RING_BIND, .fd = fd, .addr = (uintptr_t)address, .off = sizeof *address};
  return ring_do(ring, sqe);
}

static void converse_over(struct ring *ring, int listening) {
  int client = connected(SOCK_STREAM, local_of(listening).port);
  int peer = ring_must(ring, (struct io_uring_sqe){.opcode = IORING_OP_ACCEPT, .fd = listening}, "accept over io_uring");
  send_bytes(client, QUESTION);
  ring_receive(ring, peer, QUESTION);
  ring_send(ring, peer, ANSWER);
  receive_bytes(client, ANSWER);
  close(client);
  receive_end(peer);
  close(peer);
}

static void rows_of(int listening) {
  struct endpoint here = local_of(listening);
  int me = getpid();
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'%s','port':%d},'pids':[%d]", here.address, here.port, me);
  listen_row("'protocol':'tcp','address':'%s','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,'bytesIn':%d,"
             "'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':1}]",
             here.address, here.port, me, QUESTION, ANSWER);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d",
              here.port, me, ANSWER, QUESTION);
}

int main(void) {
  ready();
  struct ring ring = new_ring();
  struct io_uring_sqe open_listener = {.opcode = RING_LISTEN, .len = 128};

  int listening = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  struct sockaddr_in any_port = loopback(0);
  int result = ring_bind(&ring, listening, &any_port);
  if (result == -EINVAL) not_applicable("this kernel's io_uring has no bind and listen (Linux 6.11)");
  errno = -result;
  if (result != 0) give_up("bind over io_uring");
  open_listener.fd = listening;
  ring_must(&ring, open_listener, "listen over io_uring");
  converse_over(&ring, listening);

  int unbound = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  open_listener.fd = unbound;
  ring_must(&ring, open_listener, "listen over io_uring without a bind");
  converse_over(&ring, unbound);

  int port = local_of(listening).port, refused = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  struct sockaddr_in taken = loopback(port);
  errno = 0;
  if (ring_bind(&ring, refused, &taken) != -EADDRINUSE) give_up("the port should be taken");

  rows_of(listening);
  rows_of(unbound);
  failed_bind_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'error':'EADDRINUSE','pids':[%d]", port, (int)getpid());
  hold();
  process_self();
  truth();
}
