/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What the programs remember of a TCP socket between its hooks. */
#ifndef PORTOLAN_TRACK_H
#define PORTOLAN_TRACK_H

enum role { ROLE_NONE, ROLE_LISTENER, ROLE_OUTBOUND, ROLE_INBOUND };
enum track_flags { TRACK_LATE = 1, TRACK_ACCEPTED = 2, TRACK_UNPLACED = 4, TRACK_USED = 8 };
enum { SEEDED = SWEEP_FIRST - 1 };

struct track {
  __u64 sk; /* the socket's address; 0: nothing is here */
  __u64 opened;
  __u64 started;
  __u64 moved; /* bytes both ways when it was told last */
  __u32 pid;
  __s32 stack;
  __u32 told; /* number of the last sweep that told it; SEEDED: the seed has; 0: nobody */
  __u8 role;  /* ROLE_NONE: not yet filled in, or no more */
  __u8 flags;
  __u8 far; /* it is in the far map */
  __u8 pad[17];
};

/*
 * By the socket's address, from its first hook to TCP_CLOSE, through which every one of them passes. Socket storage
 * would do this by itself; measured, its allocation and release cost more than all the rest of the programs together.
 *
 * An array of buckets comes first, whose look-up is a few instructions in the program itself; the hash map takes what
 * finds its bucket full. A kernel's hash map alone takes half the time of all programs.
 */
#define NEAR_BITS 14
struct bucket {
  struct track way[2];
};
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << NEAR_BITS);
  __uint(map_flags, BPF_F_MMAPABLE); /* its values lie on whole cache lines */
  __type(key, __u32);
  __type(value, struct bucket);
} near SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 262144);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, __u64);
  __type(value, struct track);
} far SEC(".maps");

/* How many are in the far map: none most of the time, so that nobody looks there. */
int far_tracks = 0;

/* The verifier lets nobody calculate with a pointer; half of one is a number. */
static __always_inline __u32 half_of(__u64 address) {
  __u32 half;
  asm volatile("%0 = %1" : "=w"(half) : "w"((__u32)address));
  return half;
}

static __always_inline struct bucket *bucket_of(__u64 key) {
  __u32 index = (half_of(key) * 0x9e3779b9U) >> (32 - NEAR_BITS); /* Fibonacci hashing */
  return bpf_map_lookup_elem(&near, &index);
}

/* 1 where the halves of two addresses differ, else 0: without a branch, each of which the verifier would follow. */
static __always_inline __u32 differ(__u64 one, __u64 other) {
  __u32 difference = half_of(one) ^ half_of(other);
  return (difference | -difference) >> 31;
}

static __always_inline struct track *track_at(__u64 key) {
  struct bucket *bucket = bucket_of(key);
  if (!bucket) return 0;
  struct track *t = &bucket->way[differ(bucket->way[0].sk, key)];
  if (t->sk == key) return t;
  if (!far_tracks) return 0;
  return bpf_map_lookup_elem(&far, &key);
}

static __always_inline struct track *track_of(struct sock *sk) {
  return track_at((__u64)sk);
}

static __always_inline struct track *far_track(__u64 key) {
  struct track fresh = { .sk = key, .far = 1 };
  if (!bpf_map_update_elem(&far, &key, &fresh, BPF_NOEXIST)) __sync_fetch_and_add(&far_tracks, 1);
  struct track *t = bpf_map_lookup_elem(&far, &key);
  if (!t) count_lost(LOST_TRACK);
  return t;
}

/*
 * Room for a socket, which the caller fills in, the role last. One that was left there is written over. Two addresses
 * whose halves are the same never share a bucket, where they could not be told apart.
 */
static __always_inline struct track *remember(struct sock *sk) {
  __u64 key = (__u64)sk;
  struct bucket *bucket = bucket_of(key);
  if (!bucket) return 0;
  __u32 way = bucket->way[0].sk != 0;
  asm volatile("" : "+r"(way));
  struct track *t = &bucket->way[way & 1];
  bool twin = !differ(bucket->way[~way & 1].sk, key);
  if (twin || t->sk || __sync_val_compare_and_swap(&t->sk, 0, key)) t = far_track(key);
  if (!t) return 0;
  t->moved = 0;
  t->told = 0;
  t->flags = 0;
  t->stack = -1;
  return t;
}

/* Whoever reads the entry meanwhile sees it go: the sweep looks twice. */
static __always_inline void forget(struct track *t) {
  __u64 key = t->sk;
  bool far_away = t->far;
  t->role = ROLE_NONE;
  *(volatile __u64 *)&t->sk = 0;
  if (!far_away) return;
  if (!bpf_map_delete_elem(&far, &key)) __sync_fetch_and_add(&far_tracks, -1);
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
 * connections costs as much as the connection. Of two that meet in one place the later one takes it.
 */
#define STACKS_EACH 16
#define STACKED_BITS 12
struct stacked_entry {
  __u64 key;
  __u64 taken;
};
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << STACKED_BITS);
  __type(key, __u32);
  __type(value, struct stacked_entry);
} stacked SEC(".maps");

static __always_inline __s32 stack_of(void *ctx, struct sock *sk) {
  __u64 key = (bpf_get_current_pid_tgid() & 0xffffffff00000000ULL) | sk->__sk_common.skc_dport;
  __u32 index = key * 0x9e3779b97f4a7c15ULL >> (64 - STACKED_BITS);
  struct stacked_entry *entry = bpf_map_lookup_elem(&stacked, &index);
  if (!entry) return -1;
  if (entry->key != key) {
    entry->key = key;
    entry->taken = 0;
  }
  if (entry->taken >= STACKS_EACH) return -1;
  entry->taken++;
  return bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK | BPF_F_FAST_STACK_CMP);
}

static __always_inline void own(struct track *t) {
  struct task_struct *task = bpf_get_current_task_btf();
  t->pid = task->tgid;
  t->started = task->group_leader->start_boottime;
}

/* Its own port is in host order and the other side's not, as the kernel has them. */
static __always_inline void socket_ends(struct sock_record *r, struct sock *sk, __u16 port) {
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
  r->lport = port;
  r->rport = bpf_ntohs(c->skc_dport);
  r->netns = c->skc_net.net->ns.inum;
  r->ifindex = c->skc_bound_dev_if;
  note_link_of(sk, r->netns, r->ifindex);
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
  note_link_of(sk, r->netns, r->ifindex);
}

#endif
