// scenario: sendmmsg sends 23 datagrams to three peers in one call, and recvmmsg takes the answers of all in one call
#include "scenario.h"

#define COUNT 23
#define PEERS 3
#define QUESTION 193
#define ANSWER 197

static struct msghdr message(struct sockaddr_in *peer, struct iovec *vector) {
  return (struct msghdr){.msg_name = peer, .msg_namelen = sizeof *peer, .msg_iov = vector, .msg_iovlen = 1};
}

int main(void) {
  ready();
  int servers[PEERS];
  struct sockaddr_in addresses[PEERS];
  for (int i = 0; i < PEERS; i++) {
    servers[i] = bound_socket(SOCK_DGRAM, 0);
    addresses[i] = loopback(local_of(servers[i]).port);
  }
  int asker = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");

  static char payload[COUNT][ANSWER];
  struct mmsghdr messages[COUNT];
  struct iovec vectors[COUNT];
  struct sockaddr_in peers[COUNT];
  int asked[PEERS] = {0};
  for (int i = 0; i < COUNT; i++) {
    vectors[i] = (struct iovec){payload[i], QUESTION};
    asked[i % PEERS]++;
    messages[i].msg_hdr = message(&addresses[i % PEERS], &vectors[i]);
  }
  errno = 0;
  if (sendmmsg(asker, messages, COUNT, 0) != COUNT) give_up("sendmmsg");

  // Each server takes all of its questions in one call and answers them in one call.
  for (int i = 0; i < PEERS; i++) {
    for (int j = 0; j < asked[i]; j++) {
      vectors[j].iov_len = QUESTION;
      messages[j].msg_hdr = message(&peers[j], &vectors[j]);
    }
    waiting_for = "recvmmsg";
    if (recvmmsg(servers[i], messages, asked[i], 0, NULL) != asked[i]) give_up("recvmmsg at a server");
    for (int j = 0; j < asked[i]; j++) vectors[j].iov_len = ANSWER;
    if (sendmmsg(servers[i], messages, asked[i], 0) != asked[i]) give_up("sendmmsg at a server");
  }
  for (int i = 0; i < COUNT; i++) {
    vectors[i].iov_len = ANSWER;
    messages[i].msg_hdr = message(&peers[i], &vectors[i]);
  }
  waiting_for = "recvmmsg";
  if (recvmmsg(asker, messages, COUNT, 0, NULL) != COUNT) give_up("recvmmsg at the asker");

  int me = getpid();
  open_row("'protocol':'udp','state':'BOUND','local':{'address':'0.0.0.0','port':%d},'pids':[%d]", local_of(asker).port, me);
  for (int i = 0; i < PEERS; i++) {
    int port = local_of(servers[i]).port;
    open_row("'protocol':'udp','state':'BOUND','local':{'address':'127.0.0.1','port':%d},'pids':[%d]", port, me);
    listen_row("'protocol':'udp','address':'127.0.0.1','port':%d,'portChosenBy':'system','pids':[%d],'flows':1,"
               "'bytesIn':%d,'bytesOut':%d,'peers':[{'address':'127.0.0.1','flows':1}]",
               port, me, asked[i] * QUESTION, asked[i] * ANSWER);
    connect_row("'protocol':'udp','remote':{'address':'127.0.0.1','port':%d},'pids':[%d],'flows':1,'failed':0,"
                "'bytesIn':%d,'bytesOut':%d",
                port, me, asked[i] * ANSWER, asked[i] * QUESTION);
  }
  hold();
  process_self();
  truth();
}
