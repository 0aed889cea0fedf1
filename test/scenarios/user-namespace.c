// scenario: nobody becomes root of a user and a network namespace, as a rootless container does, and listens on port 443.
// needs: netns
#include "scenario.h"

#define FLOWS 23
#define NOBODY 65534
#define PORT 443

static void write_text(const char *path, const char *format, int id) {
  int fd = must(open(path, O_WRONLY | O_CLOEXEC), path);
  char text[32];
  must(write(fd, text, sprintf(text, format, id)), path);
  close(fd);
}

// Says 0 where the kernel refuses user namespaces, else the network namespace.
static void rootless(int tell, int wait) {
  unsigned long namespace = 0;
  if (geteuid() == 0) {
    must(setresgid(NOBODY, NOBODY, NOBODY), "setresgid");
    must(setresuid(NOBODY, NOBODY, NOBODY), "setresuid");
    must(prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");  // else its own /proc files belong to root
    must(prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
  }
  int user = geteuid(), group = getegid();
  if (unshare(CLONE_NEWUSER) == 0) {
    write_text("/proc/self/setgroups", "deny", 0);
    write_text("/proc/self/uid_map", "0 %d 1", user);
    write_text("/proc/self/gid_map", "0 %d 1", group);
    new_network();
    namespace = network_namespace();
  }
  if (namespace == 0) {
    must(write(tell, &namespace, sizeof namespace), "write");
    _exit(0);
  }
  int listening = listener(PORT);
  must(write(tell, &namespace, sizeof namespace), "write");
  char character;
  must(read(wait, &character, 1), "read");
  pid_t client = child();
  if (client == 0) {
    close(listening);
    converse(PORT, FLOWS);
    _exit(0);
  }
  must(write(tell, &client, sizeof client), "write");
  serve(listening, FLOWS);
  child_ended(client);
  _exit(0);
}

int main(void) {
  ready();
  int told[2], go[2];
  must(pipe(told), "pipe");
  must(pipe(go), "pipe");
  pid_t server = child(), client;
  if (server == 0) rootless(told[1], go[0]);
  unsigned long namespace;
  must(read(told[0], &namespace, sizeof namespace), "read");
  if (namespace == 0) not_applicable("the kernel refuses user namespaces to users");
  open_row("'protocol':'tcp','state':'LISTEN','local':{'address':'127.0.0.1','port':%d},'pids':[%d],'networkNamespace':%lu",
           PORT, server, namespace);
  hold();
  must(write(go[1], "!", 1), "write");
  must(read(told[0], &client, sizeof client), "read");
  child_ended(server);
  served_row(PORT, "application", PIDS(server), FLOWS);
  conversed_row(PORT, PIDS(client), FLOWS);
  process_row("'pid':%d,'executable':'%s'", server, executable());
  process_row("'pid':%d,'executable':'%s'", client, executable());
  truth();
}
