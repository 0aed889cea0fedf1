// scenario: a connection in TIME_WAIT, which no process holds any more, on the side that closed first
#include "scenario.h"

int main(void) {
  ready();
  int fd = listener(0);
  int port = local_of(fd).port;
  int client = connected(SOCK_STREAM, port);
  int server = accepted(fd);
  int client_port = local_of(client).port;
  close(client);
  receive_end(server);
  close(server);
  UNTIL("TIME_WAIT", tcp_state(client_port, port) == TCP_TIME_WAIT);
  open_row("'protocol':'tcp','state':'TIME_WAIT','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[],'networkNamespace':%lu,'evidence':'none'",
           client_port, port, network_namespace());
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", port, (int)getpid());
  hold();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
             "'bytesIn':0,'bytesOut':0", port, (int)getpid());
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
              "'bytesIn':0,'bytesOut':0", port, (int)getpid());
  process_self();
  truth();
}
