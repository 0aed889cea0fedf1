/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* TCP from the one stable place where every transition passes. */
#ifndef PORTOLAN_TCP_H
#define PORTOLAN_TCP_H

/* include/net/tcp_states.h */
enum { TCP_ESTABLISHED = 1, TCP_SYN_SENT, TCP_SYN_RECV, TCP_FIN_WAIT1, TCP_FIN_WAIT2, TCP_TIME_WAIT, TCP_CLOSE, TCP_CLOSE_WAIT,
       TCP_LAST_ACK, TCP_LISTEN, TCP_CLOSING };

static __always_inline bool fin_sent(int state) {
  return state == TCP_FIN_WAIT1 || state == TCP_FIN_WAIT2 || state == TCP_TIME_WAIT || state == TCP_LAST_ACK || state == TCP_CLOSING;
}

/* The counters of a tcp_sock, however they were read. */
struct sequence {
  __u64 acked, received;
  __u32 written, unacked;
  unsigned long flags;
};

static __always_inline struct sequence sequence_of(struct sock *sk, struct tcp_sock *tp) {
  struct sequence q = {
    .acked = tp->bytes_acked,
    .received = tp->bytes_received,
    .written = tp->write_seq,
    .unacked = tp->snd_una,
    .flags = sk->__sk_common.skc_flags,
  };
  return q;
}

/*
 * Payload bytes. The kernel's counters run over sequence numbers, in which our SYN (of an active open) and both FINs
 * take one each. Out: what was acknowledged plus what is still in flight or queued. tcp_fin() marks the socket SOCK_DONE.
 */
static __always_inline void payload(struct sock_record *r, struct sequence *q, int state, bool active) {
  __u64 out = q->acked + (__u32)(q->written - q->unacked);
  __u64 extra = (active ? 1 : 0) + (fin_sent(state) ? 1 : 0);
  r->bytes_out = out > extra ? out - extra : 0;
  r->bytes_in = q->received && (q->flags & (1UL << SOCK_DONE)) ? q->received - 1 : q->received;
}

/* Of what was found open the bytes until then are subtracted, and the SYN among them; and who began is not known here. */
static __always_inline bool counts_syn(struct track *t) {
  return t->role == ROLE_OUTBOUND && !(t->flags & TRACK_LATE);
}

static __always_inline __u8 flow_flags(struct track *t) {
  __u8 flags = 0;
  if (t->role == ROLE_INBOUND) flags |= FLOW_INBOUND;
  if (t->flags & TRACK_ESTABLISHED) flags |= FLOW_ESTABLISHED;
  if (t->flags & TRACK_LATE) flags |= FLOW_LATE;
  if (t->flags & TRACK_ACCEPTED) flags |= FLOW_ACCEPTED;
  if (t->flags & TRACK_USED) flags |= FLOW_USED;
  return flags;
}

static __always_inline void fill_flow(struct sock_record *r, struct sock *sk, struct track *t, int state) {
  r->head.pid = t->pid;
  r->head.started = t->started;
  r->cookie = t->cookie;
  r->stack = t->stack;
  r->opened = t->opened;
  r->state = state;
  r->port_chosen = 0;
  r->error = 0;
  r->flags = flow_flags(t);
  __builtin_memset(r->pad, 0, sizeof(r->pad));
  socket_ends(r, sk);
}

static __always_inline void emit_end(struct sock *sk, struct track *t, int state) {
  __u32 reason = t->told ? LOST_ENDS : RECORD_FLOW;
  struct sock_record *r = RESERVE(struct sock_record, reason);
  if (!r) return;
  fill_head(&r->head, RECORD_FLOW, IPPROTO_TCP, 0);
  fill_flow(r, sk, t, state);
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  r->bytes_in = r->bytes_out = 0;
  if (tp && (t->flags & TRACK_ESTABLISHED)) {
    struct sequence q = sequence_of(sk, tp);
    payload(r, &q, state, counts_syn(t));
  }
  r->flags |= FLOW_ENDED;
  if (!(t->flags & TRACK_ESTABLISHED)) r->error = sk->sk_err;
  SUBMIT(r);
}

static __always_inline void emit_listener(struct sock *sk, struct track *t, __u16 kind) {
  struct sock_record *r = RESERVE(struct sock_record, kind);
  if (!r) return;
  fill_head(&r->head, kind, IPPROTO_TCP, 0);
  fill_flow(r, sk, t, TCP_LISTEN);
  r->bytes_in = r->bytes_out = 0;
  r->port_chosen = port_chooser(sk);
  SUBMIT(r);
}

static __always_inline struct track begin(void *ctx, struct sock *sk, __u8 role) {
  struct track t = {};
  t.role = role;
  t.opened = bpf_ktime_get_boot_ns();
  t.cookie = bpf_get_socket_cookie(sk);
  own(&t);
  t.stack = stack_of(ctx, sk);
  return t;
}

static __always_inline void connecting(void *ctx, struct sock *sk) {
  struct track t = begin(ctx, sk, ROLE_OUTBOUND);
  remember(sk, &t);
}

/* listen without bind: the port is chosen after this hook, and told when listen returns. */
static __always_inline void listening(void *ctx, struct sock *sk) {
  struct track t = begin(ctx, sk, ROLE_LISTENER);
  if (!sk->__sk_common.skc_num) t.flags |= TRACK_UNPLACED;
  if (remember(sk, &t) && !(t.flags & TRACK_UNPLACED)) emit_listener(sk, &t, RECORD_LISTEN);
}

/*
 * A connection is born as a copy of its listener, and at this moment its place in the list of those bound to the port is
 * still the copied one: what its back pointer points at is the listener itself. That tells whose the connection is before
 * anybody accepts it, also where several processes share the port (SO_REUSEPORT).
 */
static __always_inline void born(struct sock *sk) {
  struct hlist_node *node = 0;
  bpf_probe_read_kernel(&node, sizeof(node), BPF_CORE_READ(sk, __sk_common.skc_bind_node.pprev));
  if (!node) return;
  __u64 listener = (__u64)node - bpf_core_field_offset(struct sock, __sk_common.skc_bind_node);
  struct track *parent = bpf_map_lookup_elem(&tracks, &listener);
  if (!parent || parent->role != ROLE_LISTENER) return;
  struct track t = *parent;
  t.role = ROLE_INBOUND;
  t.flags = 0;
  t.stack = -1;
  t.told = 0;
  t.cookie = 0;
  remember(sk, &t);
}

static __always_inline void established(struct sock *sk) {
  struct track *t = track_of(sk);
  if (!t) return;
  if (t->role == ROLE_INBOUND) t->opened = bpf_ktime_get_boot_ns();
  t->flags |= TRACK_ESTABLISHED;
  t->cookie = bpf_get_socket_cookie(sk); /* accept may only read one, so it has to be there by then */
}

/*
 * Accepts that no system call returns (io_uring) are not seen. Whoever closes such a connection holds it: a task that has
 * locked the socket is in a call on it, and softirq does not lock it that way (sk_lock.owned, include/net/sock.h).
 */
static __always_inline void used(struct sock *sk, struct track *t) {
  if (t->role != ROLE_INBOUND || t->flags & (TRACK_ACCEPTED | TRACK_USED | TRACK_LATE) || !sk->sk_lock.owned) return;
  if (!bpf_get_current_task_btf()->mm) return; /* the kernel's own worker */
  own(t);
  t->flags |= TRACK_USED;
}

static __always_inline void closing(struct sock *sk) {
  struct track *t = track_of(sk);
  if (t) used(sk, t);
}

static __always_inline void closed(struct sock *sk, int before) {
  struct track *t = track_of(sk);
  if (!t) return;
  used(sk, t);
  if (t->role == ROLE_LISTENER) {
    emit_listener(sk, t, RECORD_UNLISTEN);
  } else if (t->role == ROLE_OUTBOUND || t->flags & TRACK_ESTABLISHED) {
    emit_end(sk, t, before);
  }
  forget(sk);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(tcp_state, struct sock *sk, int before, int after) {
  if (sk->sk_protocol != IPPROTO_TCP) return 0;
  if (after == TCP_SYN_SENT) {
    if (in_scope()) connecting(ctx, sk);
  } else if (after == TCP_LISTEN) {
    if (in_scope()) listening(ctx, sk);
  } else if (after == TCP_SYN_RECV) {
    born(sk);
  } else if (after == TCP_ESTABLISHED) {
    established(sk);
  } else if (after == TCP_FIN_WAIT1 || after == TCP_LAST_ACK) {
    closing(sk);
  } else if (after == TCP_CLOSE) {
    closed(sk, before);
  }
  return 0;
}

#endif
