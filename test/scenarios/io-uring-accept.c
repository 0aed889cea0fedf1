// scenario: one multishot accept over io_uring takes 23 connections, without a system call for each
// needs: io_uring
#include "io_uring.h"

#define COUNT 23
#define QUESTION 239
#define ANSWER 241

static void ask(int port, int told, int end) {
  int clients[COUNT];
  char byte = '.';
  for (int i = 0; i < COUNT; i++) {
    clients[i] = connected(SOCK_STREAM, port);
    send_bytes(clients[i], QUESTION);
    receive_bytes(clients[i], ANSWER);
  }
  must(write(told, &byte, 1), "write");
  must(read(end, &byte, 1), "read");
  _exit(0);
}

static void open_end(int here, int there, int pid) {
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]",
           here, there, pid);
}

int main(void) {
  ready();
  struct ring ring = new_ring();
  int listening = listener(0), port = local_of(listening).port;
  int told[2], end[2];
  char byte;
  must(pipe(told), "pipe");
  must(pipe(end), "pipe");
  pid_t asking = child();
  if (asking == 0) {
    close(listening);
    close(ring.fd);
    ask(port, told[1], end[0]);
  }
  struct io_uring_sqe sqe = {.opcode = IORING_OP_ACCEPT, .fd = listening, .ioprio = IORING_ACCEPT_MULTISHOT};
  ring_submit(&ring, sqe);
  int peers[COUNT];
  for (int i = 0; i < COUNT; i++) {
    int result = ring_result(&ring);
    if (result == -EINVAL && i == 0) {
      kill(asking, SIGKILL);
      not_applicable("this kernel's io_uring has no multishot accept");
    }
    errno = -result;
    peers[i] = must(result < 0 ? -1 : result, "accept over io_uring");
    receive_bytes(peers[i], QUESTION);
    send_bytes(peers[i], ANSWER);
  }
  must(read(told[0], &byte, 1), "read");

  int me = getpid();
  open_listener(port, PIDS(me));
  for (int i = 0; i < COUNT; i++) {
    int there = remote_of(peers[i]).port;
    open_end(port, there, me);
    open_end(there, port, asking);
  }
  hold();
  process_self();
  process_row("'pid':%d,'executable':'%s'", asking, executable());
  must(write(end[1], ".", 1), "write");
  child_ended(asking);
  for (int i = 0; i < COUNT; i++) close(peers[i]);
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':%d,"
             "'bytesIn':%d,'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':%d}]",
             port, me, COUNT, COUNT * QUESTION, COUNT * ANSWER, COUNT);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':%d,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d",
              port, asking, COUNT, COUNT * ANSWER, COUNT * QUESTION);
  truth();
}
