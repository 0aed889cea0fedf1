/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * UDP, counted per (socket, peer) in a map that the collector drains: never a record per datagram. Two maps take turns:
 * the collector turns `active` over and drains the other one a sweep later, when no program can hold an entry of it.
 *
 * The cgroup hooks know the peer and not the length, the length tracepoints the other way round; both run in the same
 * system call, so the task carries the peer from the one to the other.
 */
#ifndef PORTOLAN_UDP_H
#define PORTOLAN_UDP_H

#define UDP_MAP(name)                          \
  struct {                                     \
    __uint(type, BPF_MAP_TYPE_HASH);           \
    __uint(max_entries, 65536);                \
    __uint(map_flags, BPF_F_NO_PREALLOC);      \
    __type(key, struct udp_key);               \
    __type(value, struct udp_value);           \
  } name SEC(".maps")
UDP_MAP(udp_a);
UDP_MAP(udp_b);

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
} active SEC(".maps");

/* The peer that the current system call of a thread names; keyed by thread id. */
struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 16384);
  __type(key, __u32);
  __type(value, struct udp_key);
} named SEC(".maps");

static __always_inline void udp_count(struct udp_key *key, struct udp_value *fresh, bool inbound, __u64 bytes) {
  __u32 zero = 0;
  __u32 *which = bpf_map_lookup_elem(&active, &zero);
  if (!which) return;
  struct udp_value *v;
  if (*which) {
    v = bpf_map_lookup_elem(&udp_b, key);
    if (!v) {
      bpf_map_update_elem(&udp_b, key, fresh, BPF_NOEXIST);
      v = bpf_map_lookup_elem(&udp_b, key);
    }
  } else {
    v = bpf_map_lookup_elem(&udp_a, key);
    if (!v) {
      bpf_map_update_elem(&udp_a, key, fresh, BPF_NOEXIST);
      v = bpf_map_lookup_elem(&udp_a, key);
    }
  }
  if (!v) {
    count_lost(LOST_UDP);
    return;
  }
  v->last = bpf_ktime_get_boot_ns();
  if (inbound) {
    __sync_fetch_and_add(&v->packets_in, 1);
    __sync_fetch_and_add(&v->bytes_in, bytes);
  } else {
    __sync_fetch_and_add(&v->packets_out, 1);
    __sync_fetch_and_add(&v->bytes_out, bytes);
  }
}

static __always_inline void udp_fresh(struct udp_value *v, bool inbound) {
  struct task_struct *task = bpf_get_current_task_btf();
  v->first = bpf_ktime_get_boot_ns();
  v->pid = task->tgid;
  v->started = task->group_leader->start_boottime;
  v->inbound = inbound;
}

static __always_inline int udp_length(struct sock *sk, int length, int flags, bool inbound) {
  if (sk->sk_protocol != IPPROTO_UDP) return 0;
  struct sock_common *c = &sk->__sk_common;
  if (c->skc_family != AF_INET && c->skc_family != AF_INET6) return 0;
  if (!in_scope()) return 0;
  __u32 thread = (__u32)bpf_get_current_pid_tgid();
  __u64 cookie = bpf_get_socket_cookie(sk);
  struct udp_key key = {};
  struct udp_key *peer = bpf_map_lookup_elem(&named, &thread);
  bool by_name = peer && peer->cookie == cookie;
  if (by_name) key = *peer;
  if (peer) bpf_map_delete_elem(&named, &thread);
  if (length < 0 || (inbound && (flags & 2 /* MSG_PEEK */))) return 0;
  if (inbound && (by_name ? key.rport : bpf_ntohs(c->skc_dport)) == 53) answer_due(thread);
  if (!by_name) {
    key.cookie = cookie;
    key.family = c->skc_family;
    key.rport = bpf_ntohs(c->skc_dport); /* 0, and a zero address, where the socket has no peer of its own */
    if (c->skc_family == AF_INET) *(__u32 *)key.raddr = c->skc_daddr;
    else BPF_CORE_READ_INTO(&key.raddr, c, skc_v6_daddr);
  }
  struct udp_value v = {};
  udp_fresh(&v, inbound);
  v.family = c->skc_family;
  v.lport = c->skc_num;
  v.port_chosen = port_chooser(sk);
  v.netns = c->skc_net.net->ns.inum;
  v.ifindex = c->skc_bound_dev_if;
  note_link_of(sk, v.netns, v.ifindex);
  if (c->skc_family == AF_INET) *(__u32 *)v.laddr = c->skc_rcv_saddr;
  else BPF_CORE_READ_INTO(&v.laddr, c, skc_v6_rcv_saddr);
  udp_count(&key, &v, inbound, length);
  return 0;
}

SEC("tp_btf/sock_send_length")
int BPF_PROG(udp_sent, struct sock *sk, int length, int flags) {
  return udp_length(sk, length, flags, 0);
}

SEC("tp_btf/sock_recv_length")
int BPF_PROG(udp_received, struct sock *sk, int length, int flags) {
  return udp_length(sk, length, flags, 1);
}

static __always_inline int udp_named(struct bpf_sock_addr *ctx, bool inbound, bool six) {
  if (ctx->protocol != IPPROTO_UDP || !in_scope()) return 1;
  struct bpf_sock *sk = ctx->sk;
  struct udp_key key = {};
  key.cookie = bpf_get_socket_cookie(ctx);
  key.rport = bpf_ntohs((__u16)ctx->user_port);
  key.family = AF_INET;
  if (six) {
    key.family = AF_INET6;
    __u32 *to = (__u32 *)key.raddr;
    to[0] = ctx->user_ip6[0];
    to[1] = ctx->user_ip6[1];
    to[2] = ctx->user_ip6[2];
    to[3] = ctx->user_ip6[3];
  } else if (sk && sk->family == AF_INET6) { /* an IPv6 socket that speaks to a v4-mapped peer */
    key.family = AF_INET6;
    __u32 *to = (__u32 *)key.raddr;
    to[2] = bpf_htonl(0xffff);
    to[3] = ctx->user_ip4;
  } else {
    *(__u32 *)key.raddr = ctx->user_ip4;
  }
  if (settings.have_lengths) {
    __u32 thread = (__u32)bpf_get_current_pid_tgid();
    bpf_map_update_elem(&named, &thread, &key, BPF_ANY);
    return 1;
  }
  if (inbound && key.rport == 53) answer_due((__u32)bpf_get_current_pid_tgid());
  struct udp_value v = {};
  udp_fresh(&v, inbound);
  v.family = key.family;
  if (sk) v.lport = sk->src_port;
  udp_count(&key, &v, inbound, 0);
  return 1;
}

SEC("cgroup/sendmsg4")
int udp_send4(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 0, 0);
}
SEC("cgroup/sendmsg6")
int udp_send6(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 0, 1);
}
SEC("cgroup/recvmsg4")
int udp_recv4(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 1, 0);
}
SEC("cgroup/recvmsg6")
int udp_recv6(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 1, 1);
}

/* A kernel without length tracepoints shows a connected socket's peer only here; its datagrams stay unknown. */
SEC("cgroup/connect4")
int udp_connect4(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 0, 0);
}
SEC("cgroup/connect6")
int udp_connect6(struct bpf_sock_addr *ctx) {
  return udp_named(ctx, 0, 1);
}

/*
 * Gives a bound socket its cookie, by which its use is told to be its own: where bind returns (calls.h) a cookie can only
 * be read. A bind over io_uring returns nowhere; what is used of such a socket says who chose its port.
 */
SEC("cgroup/post_bind4")
int udp_bound4(struct bpf_sock *ctx) {
  if (ctx->protocol == IPPROTO_UDP) bpf_get_socket_cookie(ctx);
  return 1;
}
SEC("cgroup/post_bind6")
int udp_bound6(struct bpf_sock *ctx) {
  if (ctx->protocol == IPPROTO_UDP) bpf_get_socket_cookie(ctx);
  return 1;
}

/* A bound UDP socket goes away. */
SEC("cgroup/sock_release")
int udp_released(struct bpf_sock *ctx) {
  if (ctx->protocol != IPPROTO_UDP) return 1;
  struct cookie_record *r = RESERVE(struct cookie_record, RECORD_UDP_CLOSE);
  if (!r) return 1;
  fill_head(&r->head, RECORD_UDP_CLOSE, IPPROTO_UDP, 0);
  fill_current(&r->head);
  r->cookie = bpf_get_socket_cookie(ctx);
  SUBMIT(r);
  return 1;
}

#endif
