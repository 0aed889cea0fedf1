// scenario: a connection in TIME_WAIT, which no process holds any more, on the side that closed first
#include "scenario.h"

// Whether /proc/net/tcp has a socket in TIME_WAIT (06) with these ports (proc_pid_net(5): hexadecimal).
static int waits(int local, int remote) {
  char line[512], wanted[64];
  snprintf(wanted, sizeof wanted, "0100007F:%04X 0100007F:%04X 06 ", local, remote);
  FILE *file = fopen("/proc/net/tcp", "r");
  if (!file) give_up("/proc/net/tcp");
  int found = 0;
  while (!found && fgets(line, sizeof line, file)) found = strstr(line, wanted) != NULL;
  fclose(file);
  return found;
}

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
  UNTIL("TIME_WAIT", waits(client_port, port));
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
