/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What the programs remember of a TCP socket between its hooks. */
#ifndef PORTOLAN_TRACK_H
#define PORTOLAN_TRACK_H

enum role { ROLE_NEW, ROLE_LISTENER, ROLE_OUTBOUND, ROLE_INBOUND };
enum track_flags { TRACK_ESTABLISHED = 1, TRACK_LATE = 2, TRACK_ACCEPTED = 4, TRACK_UNPLACED = 8, TRACK_USED = 16 };

enum { SEEDED = SWEEP_FIRST - 1 };

struct track {
  __u64 opened;
  __u64 started;
  __u64 cookie;
  __u32 pid;
  __s32 stack;
  __u32 told; /* number of the last sweep that told it; SEEDED: the seed has; 0: nobody */
  __u8 role;
  __u8 flags;
  __u8 pad[2];
};

/*
 * By the socket's address, from its first hook to TCP_CLOSE, through which every one of them passes. Socket storage
 * would do this by itself; measured, its allocation and release cost more than all the rest of the programs together.
 */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 262144);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, __u64);
  __type(value, struct track);
} tracks SEC(".maps");

static __always_inline struct track *track_of(struct sock *sk) {
  __u64 key = (__u64)sk;
  return bpf_map_lookup_elem(&tracks, &key);
}

static __always_inline bool remember(struct sock *sk, struct track *fresh) {
  __u64 key = (__u64)sk;
  if (!bpf_map_update_elem(&tracks, &key, fresh, BPF_ANY)) return 1;
  count_lost(LOST_TRACK);
  return 0;
}

static __always_inline void forget(struct sock *sk) {
  __u64 key = (__u64)sk;
  bpf_map_delete_elem(&tracks, &key);
}

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

/*
 * Stacks are taken while a process is new to a port, and a few times more: walking one for each of thousands of equal
 * connections costs as much as the connection.
 */
#define STACKS_EACH 16
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 65536); /* a port that finds it full has no stack */
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, __u64);
  __type(value, __u32);
} stacked SEC(".maps");

static __always_inline __s32 stack_of(void *ctx, struct sock *sk) {
  __u64 key = (bpf_get_current_pid_tgid() & 0xffffffff00000000ULL) | sk->__sk_common.skc_dport;
  __u32 *taken = bpf_map_lookup_elem(&stacked, &key);
  if (taken && *taken >= STACKS_EACH) return -1;
  if (taken) {
    *taken += 1;
  } else {
    __u32 one = 1;
    if (bpf_map_update_elem(&stacked, &key, &one, BPF_ANY)) return -1;
  }
  return bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK | BPF_F_FAST_STACK_CMP);
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
  note_link(c->skc_net.net, r->netns, r->ifindex);
}

/* The same for a socket that is only an address to the verifier. Its port is 0 once it is about to close. */
static __always_inline void probed_ends(struct sock_record *r, struct sock *sk) {
  r->head.family = BPF_CORE_READ(sk, __sk_common.skc_family);
  if (r->head.family == AF_INET) {
    *(__u32 *)r->laddr = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
    *(__u32 *)r->raddr = BPF_CORE_READ(sk, __sk_common.skc_daddr);
  } else {
    BPF_CORE_READ_INTO(&r->laddr, sk, __sk_common.skc_v6_rcv_saddr);
    BPF_CORE_READ_INTO(&r->raddr, sk, __sk_common.skc_v6_daddr);
  }
  r->lport = BPF_CORE_READ(sk, __sk_common.skc_num);
  r->rport = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
  r->netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
  r->ifindex = BPF_CORE_READ(sk, __sk_common.skc_bound_dev_if);
  note_link(BPF_CORE_READ(sk, __sk_common.skc_net.net), r->netns, r->ifindex);
}

#endif
