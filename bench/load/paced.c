/*
 * paced RATE SECONDS: makes and resets RATE loopback connections a second for so long, each at its own moment: connect,
 * accept, and close of both ends with SO_LINGER 0, so that no TIME_WAIT is left. Where it cannot keep pace it goes on as
 * fast as it can. Prints one line of JSON with the truth: connections, the time that they took, and the processor time.
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static double processor(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static void wait_until(double moment) {
  struct timespec at = {.tv_sec = moment / 1e6};
  at.tv_nsec = (moment - at.tv_sec * 1e6) * 1e3;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, 0)) {
  }
}

static void reset(int fd) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none))) err(1, "setsockopt");
  if (close(fd)) err(1, "close");
}

int main(int argc, char **argv) {
  if (argc != 3) errx(64, "usage: paced RATE SECONDS");
  double rate = atof(argv[1]);
  long count = rate * atof(argv[2]);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(at);
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  if (listening < 0) err(1, "socket");
  if (bind(listening, (struct sockaddr *)&at, sizeof(at))) err(1, "bind");
  if (listen(listening, 16)) err(1, "listen");
  if (getsockname(listening, (struct sockaddr *)&at, &length)) err(1, "getsockname");

  double begin = microseconds();
  double used = processor();
  for (long i = 0; i < count; i++) {
    wait_until(begin + i * 1e6 / rate);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) err(1, "socket");
    if (connect(fd, (struct sockaddr *)&at, sizeof(at))) err(1, "connection %ld", i);
    int accepted = accept(listening, 0, 0);
    if (accepted < 0) err(1, "accept");
    reset(fd);
    reset(accepted);
  }
  double took = microseconds() - begin;
  printf("{\"pid\":%d,\"port\":%d,\"connections\":%ld,\"microseconds\":%.0f,\"processor\":%.0f}\n", getpid(),
         ntohs(at.sin_port), count, took, processor() - used);
  return 0;
}
