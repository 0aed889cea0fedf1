// scenario: connects over io_uring: accepted, refused by a closed port, and unreachable at once; then bytes over the ring
// needs: io_uring
#include "io_uring.h"

#define QUESTION 263
#define ANSWER 269

static void open_end(int here, int there, int pid) {
  open_row("'protocol':'tcp','state':'ESTABLISHED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]",
           here, there, pid);
}

int main(void) {
  ready();
  struct ring ring = new_ring();
  int listening = listener(0), port = local_of(listening).port, closed = free_port(SOCK_STREAM);
  struct sockaddr_in there = loopback(port), nobody = loopback(closed), everybody = loopback(closed);
  everybody.sin_addr.s_addr = INADDR_BROADCAST;

  int client = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  int result = ring_connect(&ring, client, &there);
  if (result == -EINVAL) not_applicable("this kernel's io_uring has no connect");
  errno = -result;
  if (result != 0) give_up("connect over io_uring");
  int peer = accepted(listening);
  ring_send(&ring, client, QUESTION);
  receive_bytes(peer, QUESTION);
  send_bytes(peer, ANSWER);
  ring_receive(&ring, client, ANSWER);

  int refused = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  errno = 0;
  if (ring_connect(&ring, refused, &nobody) != -ECONNREFUSED) give_up("the port should be closed");
  // Nobody connects to a broadcast address: that fails before anything is sent (ip(7), tcp_v4_connect).
  int unreachable = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  if (ring_connect(&ring, unreachable, &everybody) != -ENETUNREACH) give_up("a broadcast address should be unreachable");

  int me = getpid(), own = local_of(client).port;
  open_listener(port, PIDS(me));
  open_end(own, port, me);
  open_end(port, own, me);
  hold();
  close(client);
  close(peer);
  process_self();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],"
             "'flows':1,'bytesIn':%d,'bytesOut':%d",
             port, me, QUESTION, ANSWER);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],"
              "'flows':1,'failed':0,'bytesIn':%d,'bytesOut':%d",
              port, me, ANSWER, QUESTION);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],"
              "'flows':0,'failed':1,'errors':{'ECONNREFUSED':1}",
              closed, me);
  connect_row("'protocol':'tcp','remote':{'address':'255.255.255.255','port':%d},'pids':[%d],"
              "'flows':0,'failed':1,'errors':{'ENETUNREACH':1}",
              closed, me);
  truth();
}
