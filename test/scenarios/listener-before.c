// scenario: a TCP listener that was open before the recorder started takes 23 connections after it did
// recorder: late
// scope: record ls
#include "scenario.h"

int main(void) {
  int fd = listener(0);
  int port = local_of(fd).port;
  ready();
  for (int i = 0; i < 23; i++) {
    int client = connected(SOCK_STREAM, port);
    int server = accepted(fd);
    send_bytes(client, 107);
    receive_bytes(server, 107);
    close(client);
    receive_end(server);
    close(server);
  }
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d],'networkNamespace':%lu,"
           "'evidence':'holder'", port, (int)getpid(), network_namespace());
  hold();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','late':true,'pids':[%d],'flows':23,"
             "'bytesIn':%d,'bytesOut':0,'peers':[{'address':'127.0.0.1','flows':23}]",
             port, (int)getpid(), 23 * 107);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':23,'failed':0,"
              "'bytesIn':0,'bytesOut':%d",
              port, (int)getpid(), 23 * 107);
  process_self();
  truth();
}
