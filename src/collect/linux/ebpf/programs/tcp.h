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

/* Whether a connection that closes from this state had come to be. */
static __always_inline bool came_to_be(int state) {
  return state != TCP_SYN_SENT && state != TCP_SYN_RECV && state != TCP_CLOSE;
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

static __always_inline __u8 flow_flags(struct track *t, int state) {
  __u8 flags = 0;
  if (t->role == ROLE_INBOUND) flags |= FLOW_INBOUND;
  if (came_to_be(state)) flags |= FLOW_ESTABLISHED;
  if (t->flags & TRACK_LATE) flags |= FLOW_LATE;
  if (t->flags & TRACK_ACCEPTED) flags |= FLOW_ACCEPTED;
  if (t->flags & TRACK_USED) flags |= FLOW_USED;
  return flags;
}

static __always_inline void fill_flow(struct sock_record *r, struct sock *sk, struct track *t, int state, __u16 port) {
  r->head.pid = t->pid;
  r->head.started = t->started;
  r->identity = (__u64)sk;
  r->cookie = 0;
  r->stack = t->stack;
  r->opened = t->opened;
  r->bytes_in = r->bytes_out = 0;
  r->state = state;
  r->port_chosen = 0;
  r->error = 0;
  r->flags = flow_flags(t, state);
  __builtin_memset(r->pad, 0, sizeof(r->pad));
  socket_ends(r, sk, port);
}

/* An accept or a connect that returns after the end speaks of it by its cookie; other sockets need none. */
static __always_inline bool has_sequel(struct track *t, int state) {
  return !came_to_be(state) || (t->role == ROLE_INBOUND && !(t->flags & (TRACK_ACCEPTED | TRACK_USED)));
}

static __always_inline void emit_end(struct sock *sk, struct track *t, int state) {
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  if (!tp) return;
  struct sock_record *r = RESERVE(struct sock_record, t->told ? LOST_ENDS : RECORD_FLOW);
  if (!r) return;
  fill_head(&r->head, RECORD_FLOW, IPPROTO_TCP, 0);
  /* skc_num is already 0 when an automatically bound socket closes; the source port stays. */
  fill_flow(r, sk, t, state, bpf_ntohs(tp->inet_conn.icsk_inet.inet_sport));
  if (came_to_be(state)) {
    struct sequence q = sequence_of(sk, tp);
    payload(r, &q, state, counts_syn(t));
  } else {
    r->error = sk->sk_err;
  }
  r->flags |= FLOW_ENDED;
  if (has_sequel(t, state)) r->cookie = bpf_get_socket_cookie(sk);
  SUBMIT(r);
}

static __always_inline void emit_listener(struct sock *sk, struct track *t, __u16 kind) {
  struct sock_record *r = RESERVE(struct sock_record, kind);
  if (!r) return;
  fill_head(&r->head, kind, IPPROTO_TCP, 0);
  fill_flow(r, sk, t, TCP_LISTEN, sk->__sk_common.skc_num);
  r->port_chosen = port_chooser(sk);
  SUBMIT(r);
}

static __always_inline struct track *begin(void *ctx, struct sock *sk) {
  struct track *t = remember(sk);
  if (!t) return 0;
  t->opened = bpf_ktime_get_boot_ns();
  own(t);
  t->stack = stack_of(ctx, sk);
  return t;
}

static __always_inline void connecting(void *ctx, struct sock *sk) {
  struct track *t = begin(ctx, sk);
  if (t) t->role = ROLE_OUTBOUND;
}

/* listen without bind: the port is chosen after this hook, and told when listen returns. */
static __always_inline void listening(void *ctx, struct sock *sk) {
  struct track *t = begin(ctx, sk);
  if (!t) return;
  t->role = ROLE_LISTENER;
  if (sk->__sk_common.skc_num) emit_listener(sk, t, RECORD_LISTEN);
  else t->flags = TRACK_UNPLACED;
}

/*
 * A connection is born as a copy of its listener, and at this moment its place in the list of those bound to the port is
 * still the copied one: what its back pointer points at is the listener itself. That tells whose the connection is before
 * anybody accepts it, also where several processes share the port (SO_REUSEPORT).
 */
static __always_inline void born(struct sock *sk) {
  struct hlist_node *node = 0;
  bpf_probe_read_kernel(&node, sizeof(node), sk->__sk_common.skc_bind_node.pprev);
  if (!node) return;
  struct track *parent = track_at((__u64)node - bpf_core_field_offset(struct sock, __sk_common.skc_bind_node));
  if (!parent || parent->role != ROLE_LISTENER) return;
  __u64 started = parent->started;
  __u32 pid = parent->pid;
  struct track *t = remember(sk);
  if (!t) return;
  t->opened = bpf_ktime_get_boot_ns();
  t->started = started;
  t->pid = pid;
  t->role = ROLE_INBOUND;
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
  if (t->role == ROLE_LISTENER) emit_listener(sk, t, RECORD_UNLISTEN);
  else if (t->role == ROLE_OUTBOUND || came_to_be(before)) emit_end(sk, t, before);
  forget(t);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(tcp_state, struct sock *sk, int before, int after) {
  if (after == TCP_ESTABLISHED || sk->sk_protocol != IPPROTO_TCP) return 0;
  if (after == TCP_CLOSE) {
    closed(sk, before);
  } else if (after == TCP_SYN_SENT) {
    if (in_scope()) connecting(ctx, sk);
  } else if (after == TCP_SYN_RECV) {
    born(sk);
  } else if (after == TCP_FIN_WAIT1 || after == TCP_LAST_ACK) {
    closing(sk);
  } else if (after == TCP_LISTEN) {
    if (in_scope()) listening(ctx, sk);
  }
  return 0;
}

#endif
