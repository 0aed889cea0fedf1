/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What only the return of a system call tells: who accepted a connection, and why a bind or connect failed. The raw
 * tracepoint needs no tracefs to attach, unlike the syscall tracepoints, whose ids live there.
 */
#ifndef PORTOLAN_CALLS_H
#define PORTOLAN_CALLS_H

#if defined(__TARGET_ARCH_x86) /* arch/x86/entry/syscalls/syscall_64.tbl */
enum { CALL_READ = 0, CALL_CONNECT = 42, CALL_ACCEPT = 43, CALL_RECVFROM = 45, CALL_RECVMSG = 47, CALL_BIND = 49, CALL_LISTEN = 50, CALL_ACCEPT4 = 288, CALL_RECVMMSG = 299 };
#define CALL_NUMBER(regs) ((int)(regs)->orig_ax)
#define CALL_FIRST(regs) ((regs)->di)
#define CALL_SECOND(regs) ((regs)->si)
#elif defined(__TARGET_ARCH_arm64) /* include/uapi/asm-generic/unistd.h */
enum { CALL_READ = 63, CALL_BIND = 200, CALL_LISTEN = 201, CALL_ACCEPT = 202, CALL_CONNECT = 203, CALL_RECVFROM = 207, CALL_RECVMSG = 212, CALL_ACCEPT4 = 242, CALL_RECVMMSG = 243 };
#define CALL_NUMBER(regs) ((int)(regs)->syscallno)
#define CALL_FIRST(regs) ((regs)->orig_x0)
#define CALL_SECOND(regs) ((regs)->regs[1])
#endif

/* include/uapi/asm-generic/errno.h; those of connect that are no failure */
enum { EINTR = 4, EAGAIN = 11, EISCONN = 106, EALREADY = 114, EINPROGRESS = 115 };

struct sockaddr_any { /* sockaddr_in and sockaddr_in6 in one: include/uapi/linux/in.h, in6.h */
  __u16 family;
  __be16 port;
  __u32 v4_or_flow;
  __u8 v6[16];
};

static __always_inline struct sock *sock_behind(struct file *file) {
  if (!file) return 0;
  struct socket *socket = BPF_CORE_READ(file, private_data);
  return BPF_CORE_READ(socket, sk);
}

static __always_inline struct sock *sock_of(long fd) {
  struct task_struct *task = bpf_get_current_task_btf();
  struct file **table = task->files->fdt->fd;
  struct file *file = 0;
  bpf_probe_read_kernel(&file, sizeof(file), table + fd);
  return sock_behind(file);
}

/* The connection's record names its acceptor, unless it closed before accept came to it: then that is a record too. */
static __always_inline void accepted(long fd) {
  struct sock *sk = sock_of(fd);
  if (!sk) return;
  struct track *t = track_of(sk);
  /* The listener's own process is in scope, or its listener would not be known. */
  bool own_listener = t && t->pid == bpf_get_current_pid_tgid() >> 32;
  if (!own_listener && !in_scope()) return;
  if (t) {
    if (!own_listener) own(t);
    t->flags |= TRACK_ACCEPTED;
    return;
  }
  __u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
  if (family != AF_INET && family != AF_INET6) return;
  __u64 cookie = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
  if (!cookie || BPF_CORE_READ(sk, sk_protocol) != IPPROTO_TCP) return;
  struct cookie_record *r = RESERVE(struct cookie_record, RECORD_ACCEPT);
  if (!r) return;
  fill_head(&r->head, RECORD_ACCEPT, IPPROTO_TCP, family);
  fill_current(&r->head);
  r->cookie = cookie;
  SUBMIT(r);
}

/* A listener whose port the kernel chose within listen itself. */
static __always_inline void placed(struct sock *sk) {
  if (!sk) return;
  struct track *t = track_of(sk);
  if (!t || !(t->flags & TRACK_UNPLACED)) return;
  t->flags &= ~TRACK_UNPLACED;
  struct sock_record *r = RESERVE(struct sock_record, RECORD_LISTEN);
  if (!r) return;
  __builtin_memset(r, 0, sizeof(*r));
  fill_head(&r->head, RECORD_LISTEN, IPPROTO_TCP, 0);
  r->head.pid = t->pid;
  r->head.started = t->started;
  r->identity = (__u64)sk;
  r->stack = t->stack;
  r->opened = t->opened;
  r->state = TCP_LISTEN;
  r->port_chosen = 2;
  probed_ends(r, sk);
  SUBMIT(r);
}

/* A bind that succeeded: the UDP socket is where others may begin. A TCP socket is that only once it listens. */
static __always_inline void bound(struct sock *sk) {
  if (!sk || BPF_CORE_READ(sk, sk_protocol) != IPPROTO_UDP) return;
  __u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
  if (family != AF_INET && family != AF_INET6) return;
  struct sock_record *r = RESERVE(struct sock_record, RECORD_LISTEN);
  if (!r) return;
  __builtin_memset(r, 0, sizeof(*r));
  fill_head(&r->head, RECORD_LISTEN, IPPROTO_UDP, 0);
  fill_current(&r->head);
  r->identity = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
  r->opened = r->head.at;
  r->stack = -1;
  r->port_chosen = port_chooser(sk);
  probed_ends(r, sk);
  SUBMIT(r);
}

static __always_inline void refused(__u16 kind, struct sock *sk, struct sockaddr_any address, int error) {
  if (address.family != AF_INET && address.family != AF_INET6) return;
  if (!sk) return;
  __u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
  if (family != AF_INET && family != AF_INET6) return;
  __u16 protocol = BPF_CORE_READ(sk, sk_protocol);
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP) return;
  struct failed_record *r = RESERVE(struct failed_record, kind);
  if (!r) return;
  fill_head(&r->head, kind, protocol, address.family);
  fill_current(&r->head);
  __builtin_memset(r->addr, 0, sizeof(r->addr));
  if (address.family == AF_INET) *(__u32 *)r->addr = address.v4_or_flow;
  else __builtin_memcpy(r->addr, address.v6, sizeof(r->addr));
  r->port = bpf_ntohs(address.port);
  r->error = error;
  r->netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
  r->cookie = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
  SUBMIT(r);
}

static __always_inline bool connect_failed(long result) {
  return result < 0 && result != -EINPROGRESS && result != -EALREADY && result != -EISCONN && result != -EINTR && result != -EAGAIN;
}

static __always_inline struct sockaddr_any user_address(const void *from) {
  struct sockaddr_any address = {};
  bpf_probe_read_user(&address, sizeof(address), from);
  return address;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(call_returned, struct pt_regs *regs, long result) {
  int call = CALL_NUMBER(regs);
  if (call == CALL_ACCEPT || call == CALL_ACCEPT4) {
    if (result >= 0) accepted(result);
  } else if (call == CALL_LISTEN) {
    if (!result && in_scope()) placed(sock_of(CALL_FIRST(regs)));
  } else if (call == CALL_BIND) {
    if (!result && in_scope()) bound(sock_of(CALL_FIRST(regs)));
    if (result < 0 && in_scope()) refused(RECORD_BIND_FAILED, sock_of(CALL_FIRST(regs)), user_address((void *)CALL_SECOND(regs)), -result);
  } else if (call == CALL_CONNECT) {
    if (connect_failed(result) && in_scope()) refused(RECORD_CONNECT_FAILED, sock_of(CALL_FIRST(regs)), user_address((void *)CALL_SECOND(regs)), -result);
  } else if (answers_due && answer_taken() && result > 0) {
    if (call == CALL_RECVFROM || call == CALL_READ) answered((void *)CALL_SECOND(regs), result);
    else if (call == CALL_RECVMSG) answered_vector((void *)CALL_SECOND(regs), result);
    else if (call == CALL_RECVMMSG) answered_vector((void *)CALL_SECOND(regs), DNS_BYTES);
  }
  return 0;
}

#endif
