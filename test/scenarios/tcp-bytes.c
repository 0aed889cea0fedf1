// scenario: one connection that carries 1000003 bytes one way and 17 the other; its server has left by then (FIN_WAIT_2)
#include "scenario.h"

enum { LARGE = 1000003, SMALL = 17 };

int main(void) {
  ready();
  int fd = listener(0);
  int port = local_of(fd).port;
  int client = connected(SOCK_STREAM, port);
  int server = accepted(fd);
  pid_t parent = getpid(), reader = child();
  if (reader == 0) {
    close(fd);
    close(client);
    receive_bytes(server, LARGE);
    send_bytes(server, SMALL);
    _exit(0);
  }
  close(server);
  send_bytes(client, LARGE);
  receive_bytes(client, SMALL);
  child_ended(reader);
  receive_end(client);
  struct endpoint local = local_of(client);
  // The client acknowledges the end a moment later.
  UNTIL("FIN_WAIT_2", tcp_state(port, local.port) == TCP_FIN_WAIT2);
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", port, parent);
  open_row("'protocol':'tcp','state':'CLOSE_WAIT','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", local.port, port, parent);
  open_row("'protocol':'tcp','state':'FIN_WAIT_2','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[]", port, local.port);
  hold();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
             "'bytesIn':%d,'bytesOut':%d", port, parent, LARGE, SMALL);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d", port, parent, SMALL, LARGE);
  process_self();
  process_row("'pid':%d,'executable':'%s'", reader, executable());
  truth();
}
