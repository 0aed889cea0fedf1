// scenario: a connection whose client has no file descriptor: socket, connect and bytes by io_uring's own table alone
// needs: io_uring
// scope: run record
// kernel: 5.19 or newer
#include "io_uring.h"

#define QUESTION 389
#define ANSWER 397
#define SLOT 1  // of the table; file_index counts from 1

static struct io_uring_sqe direct(struct io_uring_sqe sqe) {
  sqe.fd = SLOT - 1;
  sqe.flags = IOSQE_FIXED_FILE;
  return sqe;
}

int main(void) {
  ready();
  struct ring ring = new_ring();
  int empty[] = {-1};
  must(syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_FILES, empty, 1), "io_uring_register");
  int listening = listener(0), port = local_of(listening).port;
  struct sockaddr_in there = loopback(port);

  struct io_uring_sqe make = {.opcode = IORING_OP_SOCKET, .fd = AF_INET, .off = SOCK_STREAM, .file_index = SLOT};
  int result = ring_do(&ring, make);
  if (result == -EINVAL) not_applicable("this kernel's io_uring makes no sockets (Linux 5.19)");
  errno = -result;
  if (result != 0) give_up("socket over io_uring");
  struct io_uring_sqe connecting = {.opcode = IORING_OP_CONNECT, .addr = (uintptr_t)&there, .off = sizeof there};
  ring_must(&ring, direct(connecting), "connect over io_uring");
  int peer = accepted(listening);

  static char payload[1000];
  errno = 0;
  struct io_uring_sqe sending = {.opcode = IORING_OP_SEND, .addr = (uintptr_t)payload, .len = QUESTION};
  if (ring_must(&ring, direct(sending), "send over io_uring") != QUESTION) give_up("send over io_uring");
  receive_bytes(peer, QUESTION);
  send_bytes(peer, ANSWER);
  struct io_uring_sqe receiving = {.opcode = IORING_OP_RECV, .addr = (uintptr_t)payload, .len = ANSWER};
  receiving.msg_flags = MSG_WAITALL;
  if (ring_must(&ring, direct(receiving), "recv over io_uring") != ANSWER) give_up("recv over io_uring");

  int me = getpid();
  open_listener(port, PIDS(me));
  hold();
  struct io_uring_sqe closing = {.opcode = IORING_OP_CLOSE, .file_index = SLOT};
  ring_must(&ring, closing, "close over io_uring");
  receive_end(peer);
  close(peer);
  process_self();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
             "'bytesIn':%d,'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':1}]",
             port, me, QUESTION, ANSWER);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d",
              port, me, ANSWER, QUESTION);
  truth();
}
