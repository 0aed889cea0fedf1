// scenario: one connection carries 1 GiB and 23 bytes, by a process of its own at each end
#include "scenario.h"

#include <stdbool.h>

#define HUGE ((1L << 30) + 23)
#define PART (1L << 20)

// Sends or receives so much, in parts larger than those of scenario.h.
static void move_bytes(int fd, bool sending) {
  static char part[PART];
  waiting_for = "a gigabyte";
  for (long left = HUGE; left > 0;) {
    size_t size = left < PART ? left : PART;
    long moved = must(sending ? send(fd, part, size, MSG_NOSIGNAL) : recv(fd, part, size, 0), "moving bytes");
    errno = 0;
    if (moved == 0) give_up("the peer closed");
    left -= moved;
  }
}

static void open_end(int here, int there, int pid) {
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]",
           here, there, pid);
}

int main(void) {
  ready();
  int listening = listener(0), port = local_of(listening).port;
  int end[2];
  char byte;
  must(pipe(end), "pipe");
  pid_t sending = child();
  if (sending == 0) {
    close(listening);
    int client = connected(SOCK_STREAM, port);
    move_bytes(client, true);
    must(read(end[0], &byte, 1), "read");
    _exit(0);
  }
  int peer = accepted(listening);
  move_bytes(peer, false);

  int me = getpid(), there = remote_of(peer).port;
  open_listener(port, PIDS(me));
  open_end(port, there, me);
  open_end(there, port, sending);
  hold();
  process_self();
  process_row("'pid':%d,'executable':'%s'", sending, executable());
  must(write(end[1], ".", 1), "write");
  child_ended(sending);
  receive_end(peer);
  close(peer);
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
             "'bytesIn':%ld,'bytesOut':0,'peers':[{'address':'127.0.0.1','flows':1}]", port, me, HUGE);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],"
              "'flows':1,'failed':0,'bytesIn':0,'bytesOut':%ld",
              port, sending, HUGE);
  truth();
}
