// scenario: binds to ports that are in use, over TCP and UDP, by another process than the one that holds them
#include "scenario.h"

static void must_be_in_use(int type, int port) {
  int fd = must(socket(AF_INET, type, 0), "socket");
  struct sockaddr_in address = loopback(port);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0 || errno != EADDRINUSE) give_up("the port is not in use");
  close(fd);
}

int main(void) {
  ready();
  int tcp_port = free_port(SOCK_STREAM), udp_port = free_port(SOCK_DGRAM);
  int pid = getpid();
  listener(tcp_port);
  bound_socket(SOCK_DGRAM, udp_port);
  pid_t second = child();
  if (second == 0) {
    // Of the two sockets that it inherited, neither is its own doing.
    close(3);
    close(4);
    must_be_in_use(SOCK_STREAM, tcp_port);
    must_be_in_use(SOCK_DGRAM, udp_port);
    _exit(0);
  }
  child_ended(second);
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", tcp_port, pid);
  open_row("'protocol':'udp','state':'BOUND','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", udp_port, pid);
  hold();
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'application','pids':[%d],'flows':0", tcp_port, pid);
  listen_row("'protocol':'udp','address':'127.0.0.1','port':%d,'portChosenBy':'application','pids':[%d],'flows':0", udp_port, pid);
  failed_bind_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'error':'EADDRINUSE','pids':[%d]", tcp_port, second);
  failed_bind_row("'protocol':'udp','address':'127.0.0.1','port':%d,'error':'EADDRINUSE','pids':[%d]", udp_port, second);
  process_self();
  process_row("'pid':%d,'executable':'%s'", second, executable());
  truth();
}
