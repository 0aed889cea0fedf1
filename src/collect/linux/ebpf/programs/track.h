/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What the programs remember of a socket between its hooks: it rides in the socket's own storage and dies with it. */
#ifndef PORTOLAN_TRACK_H
#define PORTOLAN_TRACK_H

enum role { ROLE_NEW, ROLE_LISTENER, ROLE_OUTBOUND, ROLE_INBOUND, ROLE_UDP, ROLE_CLOSED };
enum track_flags { TRACK_ESTABLISHED = 1, TRACK_LATE = 2, TRACK_ATTEMPTED = 4 };

struct track {
  __u64 opened;
  __u64 started;
  __u32 pid;
  __s32 stack;
  __u8 role;
  __u8 flags;
  __u8 pad[6];
};

/* Cloned to the connections that a listener begets, so that they are known before anybody accepts them. */
struct {
  __uint(type, BPF_MAP_TYPE_SK_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_CLONE);
  __type(key, int);
  __type(value, struct track);
} tracks SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_STACK_TRACE);
  __uint(max_entries, 4096);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, 32 * sizeof(__u64));
} stacks SEC(".maps");

/*
 * Who chose the port: inet_bind() sets SOCK_BINDPORT_LOCK (include/net/sock.h) exactly when the program asked for a port
 * other than 0. This holds for sockets that were bound long before the collector came.
 */
#define SOCK_BINDPORT_LOCK 8
static __always_inline __u8 port_chooser(struct sock *sk) {
  return BPF_CORE_READ_BITFIELD_PROBED(sk, sk_userlocks) & SOCK_BINDPORT_LOCK ? 1 : 2;
}

static __always_inline void own(struct track *t) {
  struct task_struct *task = bpf_get_current_task_btf();
  t->pid = task->tgid;
  t->started = task->group_leader->start_boottime;
}

static __always_inline void socket_ends(struct sock_record *r, struct sock *sk) {
  struct sock_common *c = &sk->__sk_common;
  r->head.family = c->skc_family;
  if (c->skc_family == AF_INET) {
    __builtin_memset(r->laddr, 0, 32);
    *(__u32 *)r->laddr = c->skc_rcv_saddr;
    *(__u32 *)r->raddr = c->skc_daddr;
  } else {
    BPF_CORE_READ_INTO(&r->laddr, c, skc_v6_rcv_saddr);
    BPF_CORE_READ_INTO(&r->raddr, c, skc_v6_daddr);
  }
  /* skc_num is already 0 when an automatically bound socket closes; the source port stays. */
  r->lport = bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
  if (!r->lport) r->lport = c->skc_num;
  r->rport = bpf_ntohs(c->skc_dport);
  r->netns = c->skc_net.net->ns.inum;
  r->ifindex = c->skc_bound_dev_if;
}

#endif
