// scenario: ports that the system gives: bind to port 0, listen without bind, and a UDP socket bound to port 0 that a peer speaks to
#include "scenario.h"

int main(void) {
  ready();
  int asked = listener(0);
  int unbound = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  must(listen(unbound, 5), "listen");
  int datagrams = bound_socket(SOCK_DGRAM, 0);
  int ports[] = {local_of(asked).port, local_of(unbound).port, local_of(datagrams).port};
  int speaker = connected(SOCK_DGRAM, ports[2]);
  send_bytes(speaker, 109);
  // With recvfrom: who never asks for the peer is udp-without-address's matter.
  struct sockaddr_storage peer;
  socklen_t length = sizeof peer;
  char datagram[1000];
  must(recvfrom(datagrams, datagram, sizeof datagram, 0, (struct sockaddr *)&peer, &length), "recvfrom");
  int pid = getpid();
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", ports[0], pid);
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'0.0.0.0','port':%d},'pids':[%d]", ports[1], pid);
  open_row("'protocol':'udp','state':'BOUND','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", ports[2], pid);
  open_row("'protocol':'udp','state':'CONNECTED','local':{'address':'127.0.0.1','port':%d},"
           "'remote':{'address':'127.0.0.1','port':%d},'pids':[%d]", local_of(speaker).port, ports[2], pid);
  hold();
  for (int i = 0; i < 2; i++) {
    int client = connected(SOCK_STREAM, ports[i]);
    int server = accepted(i == 0 ? asked : unbound);
    close(client);
    receive_end(server);
    close(server);
    connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0", ports[i], pid);
  }
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1", ports[0], pid);
  listen_row("'protocol':'tcp','address':'0.0.0.0','port':%d,'portChosenBy':'system','pids':[%d],'flows':1", ports[1], pid);
  listen_row("'protocol':'udp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
             "'bytesIn':109,'bytesOut':0", ports[2], pid);
  connect_row("'protocol':'udp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
              "'bytesIn':0,'bytesOut':109", ports[2], pid);
  process_self();
  truth();
}
