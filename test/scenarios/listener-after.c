// scenario: a TCP listener that opens while it is watched, on a port of its own choice, takes 23 connections and answers each
#include "scenario.h"

int main(void) {
  ready();
  int port = free_port(SOCK_STREAM);
  int fd = listener(port);
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d],'networkNamespace':%lu,"
           "'evidence':'holder'", port, (int)getpid(), network_namespace());
  hold();
  for (int i = 0; i < 23; i++) {
    int client = connected(SOCK_STREAM, port);
    int server = accepted(fd);
    send_bytes(client, 101);
    receive_bytes(server, 101);
    send_bytes(server, 103);
    receive_bytes(client, 103);
    close(client);
    receive_end(server);
    close(server);
  }
  close(fd);
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'application','pids':[%d],'flows':23,"
             "'bytesIn':%d,'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':23}]",
             port, (int)getpid(), 23 * 101, 23 * 103);
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':23,'failed':0,"
              "'bytesIn':%d,'bytesOut':%d",
              port, (int)getpid(), 23 * 103, 23 * 101);
  process_self();
  truth();
}
