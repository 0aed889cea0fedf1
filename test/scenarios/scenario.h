// What every scenario in C needs: the protocol with the judge, the truth printed as JSON, and waiting with a limit.
//
// In formats of rows a ' stands for a " (in the format alone, not in what it formats):
//   listen_row("'protocol':'tcp','address':'%s','port':%d,'portChosenBy':'system','pids':[%d],'flows':1", a.address, a.port, getpid());
#ifndef SCENARIO_H
#define SCENARIO_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_SECONDS 10
// A child may wait through its parent's hold, as long as the judge looks; it dies with its parent in any case.
#define CHILD_LIMIT_SECONDS 60
#define MAYBE __attribute__((unused)) static

// What is being waited for, as the failure names it. Set it before a call that may block.
MAYBE const char *waiting_for = "something";

// Ends the scenario as an error of its own: the judge says "error", not "fail".
MAYBE void give_up(const char *what) {
  fprintf(stderr, "%s: %s\n", what, errno ? strerror(errno) : "failed");
  exit(1);
}

// Passes on the result of a system call that must succeed.
MAYBE long must(long result, const char *what) {
  if (result < 0) give_up(what);
  return result;
}

MAYBE void too_late(int signal) {
  (void)signal;
  const char *texts[] = {"waited in vain for ", waiting_for, "\n"};
  for (int i = 0; i < 3; i++) {
    if (write(2, texts[i], strlen(texts[i])) < 0) break;
  }
  _exit(1);
}

// Restarts the limit that no stage of a scenario may exceed. ready() and hold() do it.
MAYBE void limit(void) {
  signal(SIGALRM, too_late);
  alarm(LIMIT_SECONDS);
}

// Waits until the condition is true, looking every millisecond, for as long as the limit allows.
#define UNTIL(what, condition) \
  do {                         \
    waiting_for = (what);      \
    while (!(condition)) usleep(1000); \
  } while (0)

// --- the protocol with the judge

MAYBE void await_go(void) {
  char character = 0;
  waiting_for = "the judge";
  alarm(0);  // The judge has limits of its own.
  do {
    if (read(0, &character, 1) != 1) _exit(1);
  } while (character != '\n');
  limit();
}

// Says that the scenario is here, and waits until the judge lets it go on. Every scenario calls it exactly once.
MAYBE void ready(void) {
  limit();
  signal(SIGPIPE, SIG_IGN);
  printf("{\"type\":\"ready\"}\n");
  fflush(stdout);
  await_go();
}

// The kernel or the machine lacks what the scenario needs.
MAYBE void not_applicable(const char *reason) {
  printf("{\"type\":\"not-applicable\",\"reason\":\"%s\"}\n", reason);
  exit(0);
}

struct rows {
  char *text;
  size_t length;
};

MAYBE struct rows opens, listens, connects, failed_binds, processes, ambiguous, out_of_scope;

// Adds one item to a JSON list; a ' in the format becomes a ".
MAYBE void add_item(struct rows *rows, const char *before, const char *after, const char *format, va_list arguments) {
  char quoted[4096], item[8192];
  size_t i = 0;
  for (; format[i] && i < sizeof quoted - 1; i++) quoted[i] = format[i] == '\'' ? '"' : format[i];
  quoted[i] = 0;
  vsnprintf(item, sizeof item, quoted, arguments);
  size_t size = rows->length + strlen(item) + 8;
  rows->text = realloc(rows->text, size);
  if (!rows->text) give_up("memory");
  rows->length += sprintf(rows->text + rows->length, "%s%s%s%s", rows->length ? "," : "", before, item, after);
}

#define ROW(name, list)                                   \
  __attribute__((unused, format(printf, 1, 2))) static void name(const char *format, ...) { \
    va_list arguments;                                    \
    va_start(arguments, format);                          \
    add_item(&list, "{", "}", format, arguments);         \
    va_end(arguments);                                    \
  }

ROW(open_row, opens)                // what `ls` must show at the hold
ROW(listen_row, listens)            // one of truth.listens
ROW(connect_row, connects)          // one of truth.connects
ROW(failed_bind_row, failed_binds)  // one of truth.failedBinds
ROW(process_row, processes)         // one of truth.processes: 'pid':%d,'executable':'%s'
ROW(ambiguous_row, ambiguous)       // one of truth.ambiguous

// Names a transport that was used and that must not appear as tcp or udp, such as sctp.
__attribute__((unused, format(printf, 1, 2))) static void out_of_scope_item(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add_item(&out_of_scope, "\"", "\"", format, arguments);
  va_end(arguments);
}

MAYBE void print_rows(const char *name, struct rows *rows) {
  printf("\"%s\":[%s]", name, rows->text ? rows->text : "");
}

// Tells what is open now (open_row), and waits until the judge has looked. Every scenario calls it exactly once.
MAYBE void hold(void) {
  printf("{\"type\":\"hold\",");
  print_rows("open", &opens);
  printf("}\n");
  fflush(stdout);
  await_go();
}

// Tells the truth (listen_row, connect_row, failed_bind_row, process_row) and ends the scenario.
MAYBE void truth(void) {
  printf("{\"type\":\"truth\",");
  print_rows("listens", &listens);
  printf(",");
  print_rows("connects", &connects);
  printf(",");
  print_rows("failedBinds", &failed_binds);
  printf(",");
  print_rows("processes", &processes);
  printf(",");
  print_rows("ambiguous", &ambiguous);
  printf(",");
  print_rows("outOfScope", &out_of_scope);
  printf("}\n");
  exit(fflush(stdout) == 0 ? 0 : 1);
}

// --- who and where

// The path of this process's executable.
MAYBE const char *executable(void) {
  static char path[4096];
  long length = must(readlink("/proc/self/exe", path, sizeof path - 1), "readlink /proc/self/exe");
  path[length] = 0;
  return path;
}

// This process, as one of truth.processes.
MAYBE void process_self(void) { process_row("'pid':%d,'executable':'%s'", (int)getpid(), executable()); }

// The inode of this thread's network namespace.
MAYBE unsigned long network_namespace(void) {
  struct stat status;
  must(stat("/proc/thread-self/ns/net", &status), "stat /proc/thread-self/ns/net");
  return status.st_ino;
}

// A network namespace of its own for this thread, with its loopback up. Needs root.
MAYBE void new_network(void) {
  must(unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)");
  int fd = must(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
  struct ifreq request = {.ifr_name = "lo"};
  must(ioctl(fd, SIOCGIFFLAGS, &request), "SIOCGIFFLAGS");
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  must(ioctl(fd, SIOCSIFFLAGS, &request), "SIOCSIFFLAGS");
  close(fd);
}

// Forks. The child dies with its parent and has a limit of its own; the parent gets the pid.
MAYBE pid_t child(void) {
  fflush(stdout);
  pid_t parent = getpid();
  pid_t pid = must(fork(), "fork");
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    signal(SIGALRM, too_late);
    alarm(CHILD_LIMIT_SECONDS);
  }
  return pid;
}

// Waits for the end of a child, which must succeed.
MAYBE void child_ended(pid_t pid) {
  int status = 0;
  waiting_for = "a child's end";
  must(waitpid(pid, &status, 0), "waitpid");
  errno = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) give_up("a child");
}

// --- sockets

struct endpoint {
  char address[INET6_ADDRSTRLEN + IF_NAMESIZE + 1];
  int port;
};

// The text of an address, as `ls` and `run` state it.
MAYBE struct endpoint endpoint_of(const struct sockaddr_storage *storage) {
  struct endpoint endpoint = {"", 0};
  if (storage->ss_family == AF_INET6) {
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)storage;
    inet_ntop(AF_INET6, &six->sin6_addr, endpoint.address, INET6_ADDRSTRLEN);
    char name[IF_NAMESIZE];
    if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr) && if_indextoname(six->sin6_scope_id, name)) {
      strcat(endpoint.address, "%");
      strcat(endpoint.address, name);
    }
    endpoint.port = ntohs(six->sin6_port);
  } else {
    const struct sockaddr_in *four = (const struct sockaddr_in *)storage;
    inet_ntop(AF_INET, &four->sin_addr, endpoint.address, sizeof endpoint.address);
    endpoint.port = ntohs(four->sin_port);
  }
  return endpoint;
}

MAYBE struct endpoint local_of(int fd) {
  struct sockaddr_storage storage = {0};
  socklen_t length = sizeof storage;
  must(getsockname(fd, (struct sockaddr *)&storage, &length), "getsockname");
  return endpoint_of(&storage);
}

MAYBE struct endpoint remote_of(int fd) {
  struct sockaddr_storage storage = {0};
  socklen_t length = sizeof storage;
  must(getpeername(fd, (struct sockaddr *)&storage, &length), "getpeername");
  return endpoint_of(&storage);
}

// 127.0.0.1 and a port, for bind and connect.
MAYBE struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// ::1 and a port, for bind and connect.
MAYBE struct sockaddr_in6 loopback6(int port) {
  return (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
}

// A socket on 127.0.0.1 and the port; 0 lets the system choose. `type` is SOCK_STREAM or SOCK_DGRAM.
MAYBE int bound_socket(int type, int port) {
  int fd = must(socket(AF_INET, type, 0), "socket");
  struct sockaddr_in address = loopback(port);
  must(bind(fd, (struct sockaddr *)&address, sizeof address), "bind");
  return fd;
}

// A TCP listener on 127.0.0.1 and the port; 0 lets the system choose.
MAYBE int listener(int port) {
  int fd = bound_socket(SOCK_STREAM, port);
  must(listen(fd, 128), "listen");
  return fd;
}

// A socket connected to 127.0.0.1 and the port.
MAYBE int connected(int type, int port) {
  int fd = must(socket(AF_INET, type, 0), "socket");
  struct sockaddr_in address = loopback(port);
  waiting_for = "a connection";
  must(connect(fd, (struct sockaddr *)&address, sizeof address), "connect");
  return fd;
}

MAYBE int accepted(int fd) {
  waiting_for = "accept";
  return must(accept(fd, NULL, NULL), "accept");
}

// A port that was free a moment ago, on 127.0.0.1, in the range from which the system gives. Costs no row in the truth:
// nothing listens and nothing connects.
MAYBE int free_port(int type) {
  int fd = bound_socket(type, 0);
  int port = local_of(fd).port;
  close(fd);
  return port;
}

// The state of the TCP socket with these ports on 127.0.0.1, by the kernel's numbers (netinet/tcp.h), from /proc/net/tcp of
// this network namespace (proc_pid_net(5): hexadecimal); 0 where there is none. For states that no process can ask for.
MAYBE int tcp_state(int local, int remote) {
  char line[512], wanted[64];
  int length = snprintf(wanted, sizeof wanted, "0100007F:%04X 0100007F:%04X ", local, remote);
  FILE *file = fopen("/proc/thread-self/net/tcp", "r");
  if (!file) give_up("/proc/thread-self/net/tcp");
  int state = 0;
  while (!state && fgets(line, sizeof line, file)) {
    char *found = strstr(line, wanted);
    if (found) state = strtol(found + length, NULL, 16);
  }
  fclose(file);
  return state;
}

MAYBE void send_bytes(int fd, size_t count) {
  static char zeros[65536];
  waiting_for = "send";
  while (count > 0) {
    long sent = must(send(fd, zeros, count < sizeof zeros ? count : sizeof zeros, MSG_NOSIGNAL), "send");
    count -= sent;
  }
}

// Receives exactly so many bytes.
MAYBE void receive_bytes(int fd, size_t count) {
  static char nowhere[65536];
  waiting_for = "recv";
  while (count > 0) {
    long got = must(recv(fd, nowhere, count < sizeof nowhere ? count : sizeof nowhere, 0), "recv");
    errno = 0;
    if (got == 0) give_up("the peer closed");
    count -= got;
  }
}

// Waits for the peer's end of a TCP connection.
MAYBE void receive_end(int fd) {
  char character;
  waiting_for = "the peer's end";
  long got = must(recv(fd, &character, 1, 0), "recv");
  errno = 0;
  if (got != 0) give_up("the peer sent more");
}

// --- the same conversation in many scenarios: 5 bytes in, 7 bytes out, and the client closes first

#define ASKED 5
#define ANSWERED 7

// Accepts so many conversations, one after the other.
MAYBE void serve(int listening, int flows) {
  for (int i = 0; i < flows; i++) {
    int peer = accepted(listening);
    receive_bytes(peer, ASKED);
    send_bytes(peer, ANSWERED);
    receive_end(peer);
    close(peer);
  }
}

// Has so many conversations with 127.0.0.1 and the port, one after the other.
MAYBE void converse(int port, int flows) {
  for (int i = 0; i < flows; i++) {
    int fd = connected(SOCK_STREAM, port);
    send_bytes(fd, ASKED);
    receive_bytes(fd, ANSWERED);
    close(fd);
  }
}

// The pids of a row.
#define PIDS(...) ((const pid_t[]){__VA_ARGS__, 0})

MAYBE const char *pids_text(const pid_t *pids) {
  static char text[4096];
  size_t length = 0;
  for (; *pids && length < sizeof text; pids++) {
    length += snprintf(text + length, sizeof text - length, length ? ",%d" : "%d", (int)*pids);
  }
  return text;
}

// A listener on 127.0.0.1 that is open at the hold, in this thread's network namespace.
MAYBE void open_listener(int port, const pid_t *pids) {
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%s],'networkNamespace':%lu",
           port, pids_text(pids), network_namespace());
}

// The conversations as the listener had them; `by` is application or system.
MAYBE void served_row(int port, const char *by, const pid_t *pids, int flows) {
  listen_row("'protocol':'tcp','address':'127.0.0.1','port':%d,'portChosenBy':'%s','pids':[%s],'flows':%d,'bytesIn':%d,'bytesOut':%d",
             port, by, pids_text(pids), flows, ASKED * flows, ANSWERED * flows);
}

// The conversations as the clients had them.
MAYBE void conversed_row(int port, const pid_t *pids, int flows) {
  connect_row("'protocol':'tcp','remote':{'address':'127.0.0.1','port':%d},'pids':[%s],'flows':%d,'failed':0,'bytesIn':%d,'bytesOut':%d",
              port, pids_text(pids), flows, ANSWERED * flows, ASKED * flows);
}

// --- programs

// A copy of this program under a name in the scenario's folder, to be executed as another executable.
MAYBE void copy_program(const char *name) {
  int from = must(open("/proc/self/exe", O_RDONLY | O_CLOEXEC), "open /proc/self/exe");
  int to = must(open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755), name);
  char part[65536];
  long length;
  while ((length = must(read(from, part, sizeof part), "read")) > 0) must(write(to, part, length), "write");
  close(from);
  close(to);
}

#endif
