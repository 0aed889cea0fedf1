/*
 * churn COUNT [wait]: makes and resets COUNT loopback connections as fast as one process can: connect, accept, and close
 * of both ends with SO_LINGER 0, so that no TIME_WAIT is left. Prints one line of JSON with the truth and the time that
 * it took; with "wait" it lives until its stdin ends.
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void reset(int fd) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none))) err(1, "setsockopt");
  if (close(fd)) err(1, "close");
}

int main(int argc, char **argv) {
  if (argc < 2) errx(64, "usage: churn COUNT [wait]");
  long count = atol(argv[1]);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(at);
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  if (listening < 0) err(1, "socket");
  if (bind(listening, (struct sockaddr *)&at, sizeof(at))) err(1, "bind");
  if (listen(listening, 16)) err(1, "listen");
  if (getsockname(listening, (struct sockaddr *)&at, &length)) err(1, "getsockname");

  double begin = microseconds();
  for (long i = 0; i < count; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) err(1, "socket");
    if (connect(fd, (struct sockaddr *)&at, sizeof(at))) err(1, "connection %ld", i);
    int accepted = accept(listening, 0, 0);
    if (accepted < 0) err(1, "accept");
    reset(fd);
    reset(accepted);
  }
  double took = microseconds() - begin;
  printf("{\"pid\":%d,\"port\":%d,\"connections\":%ld,\"microseconds\":%.0f}\n", getpid(), ntohs(at.sin_port), count, took);
  fflush(stdout);
  if (argc > 2 && strcmp(argv[2], "wait") == 0) {
    char byte;
    while (read(0, &byte, 1) > 0) {
    }
  }
  return 0;
}
