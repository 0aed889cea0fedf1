/*
 * stopwatch NAMESPACE OUTPUT ERRORS COMMAND…: runs COMMAND in the network namespace of that file (- for this one), its
 * stdout into OUTPUT and its stderr into ERRORS, and prints one line of JSON: how long it took from the fork to its end,
 * the processor time and the most memory in MB that it used, and its status (128+N after signal N). A small program
 * starts others at the same cost whatever they are; a large one does not.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double of(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

static void redirect(const char *path, int flags, int to) {
  int fd = open(path, flags | O_CLOEXEC, 0644);
  if (fd < 0 || dup2(fd, to) < 0) _exit(127);
}

int main(int argc, char **argv) {
  if (argc < 5) errx(64, "usage: stopwatch NAMESPACE OUTPUT ERRORS COMMAND...");
  if (strcmp(argv[1], "-")) {
    int namespace = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (namespace < 0) err(1, "%s", argv[1]);
    if (setns(namespace, CLONE_NEWNET)) err(1, "setns");
    close(namespace);
  }
  double begin = milliseconds();
  pid_t pid = fork();
  if (pid < 0) err(1, "fork");
  if (pid == 0) {
    redirect("/dev/null", O_RDONLY, 0);
    redirect(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 1);
    redirect(argv[3], O_WRONLY | O_CREAT | O_TRUNC, 2);
    execvp(argv[4], argv + 4);
    _exit(127);
  }
  int status;
  struct rusage used;
  while (wait4(pid, &status, 0, &used) < 0)
    if (errno != EINTR) err(1, "wait4");
  double took = milliseconds() - begin;
  int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  double processor = of(used.ru_utime) + of(used.ru_stime), memory = used.ru_maxrss * 1024 / 1e6;
  printf("{\"milliseconds\":%.3f,\"processor\":%.3f,\"memory\":%.3f,\"status\":%d}\n", took, processor, memory, code);
  return 0;
}
