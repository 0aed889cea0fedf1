/*
 * hold TOTAL PROCESSES: keeps TOTAL TCP sockets open in PROCESSES processes, on loopback: a listener or two in each, and
 * else established pairs. Prints one line of JSON when all of them stand, and ends when its stdin does.
 *
 * Where the hard limit of open files is too low and cannot be raised, there are more processes: the line tells.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* stdin, stdout, stderr, the pipe to the parent, and what the C library may open. */
#define OTHER_FILES 16

static long files_allowed(long wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) err(1, "getrlimit");
  if ((rlim_t)wanted > limit.rlim_cur) {
    struct rlimit raised = {.rlim_cur = wanted, .rlim_max = wanted > (long)limit.rlim_max ? (rlim_t)wanted : limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised)) {
      raised.rlim_cur = raised.rlim_max = limit.rlim_max;
      if (setrlimit(RLIMIT_NOFILE, &raised)) err(1, "setrlimit");
    }
  }
  if (getrlimit(RLIMIT_NOFILE, &limit)) err(1, "getrlimit");
  return limit.rlim_cur;
}

static int listener(struct sockaddr_in *at) {
  socklen_t length = sizeof(*at);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) err(1, "socket");
  if (bind(fd, (struct sockaddr *)at, sizeof(*at))) err(1, "bind");
  if (listen(fd, 16)) err(1, "listen");
  if (getsockname(fd, (struct sockaddr *)at, &length)) err(1, "getsockname");
  return fd;
}

/* An address for each process: none runs out of ports. */
static struct sockaddr_in address(int process) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f010001 + (process << 8))};
  return at;
}

static void open_all(int process, long sockets) {
  if (sockets % 2 == 0 && sockets > 0) {
    struct sockaddr_in other = address(process);
    listener(&other);
  }
  struct sockaddr_in at = address(process);
  int listening = listener(&at);
  for (long pair = 0; pair < (sockets - 1) / 2; pair++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) err(1, "socket");
    if (connect(fd, (struct sockaddr *)&at, sizeof(at))) err(1, "connect");
    if (accept(listening, 0, 0) < 0) err(1, "accept");
  }
}

static pid_t start(int process, long sockets, int pipe_end) {
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) err(1, "fork");
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  open_all(process, sockets);
  if (write(pipe_end, "+", 1) != 1) err(1, "write");
  close(pipe_end);
  for (;;) pause();
}

int main(int argc, char **argv) {
  if (argc != 3) errx(64, "usage: hold TOTAL PROCESSES");
  long total = atol(argv[1]), processes = atol(argv[2]);
  if (processes < 1 || total < processes) errx(64, "each process needs a socket");
  long each = files_allowed((total + processes - 1) / processes + OTHER_FILES) - OTHER_FILES;
  if (processes * each < total) processes = (total + each - 1) / each;
  if (processes > 65000) errx(1, "the limit of open files is too low");

  int ends[2];
  if (pipe(ends)) err(1, "pipe");
  pid_t *pids = calloc(processes, sizeof(*pids));
  long *shares = calloc(processes, sizeof(*shares));
  if (!pids || !shares) err(1, "calloc");
  for (long process = 0; process < processes; process++) {
    shares[process] = total / processes + (process < total % processes);
    pids[process] = start(process, shares[process], ends[1]);
  }
  close(ends[1]);
  char byte;
  for (long ready = 0; ready < processes; ready++)
    if (read(ends[0], &byte, 1) != 1) errx(1, "only %ld of %ld processes hold their sockets", ready, processes);

  printf("{\"processes\":[");
  for (long process = 0; process < processes; process++)
    printf("%s{\"pid\":%d,\"sockets\":%ld}", process ? "," : "", pids[process], shares[process]);
  printf("]}\n");
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {
  }
  for (long process = 0; process < processes; process++) kill(pids[process], SIGKILL);
  while (wait(0) > 0) {
  }
  return 0;
}
