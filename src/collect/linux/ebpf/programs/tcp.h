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

/*
 * Payload bytes. The kernel's counters run over sequence numbers, in which our SYN (of an active open) and both FINs
 * take one each. Out: what was acknowledged plus what is still in flight or queued. tcp_fin() marks the socket SOCK_DONE.
 */
static __always_inline void payload(struct sock_record *r, struct sock *sk, struct tcp_sock *tp, int state, bool active) {
  __u64 out = tp->bytes_acked + (__u32)(tp->write_seq - tp->snd_una);
  __u64 in = tp->bytes_received;
  __u64 extra = (active ? 1 : 0) + (fin_sent(state) ? 1 : 0);
  r->bytes_out = out > extra ? out - extra : 0;
  r->bytes_in = in && (sk->__sk_common.skc_flags & (1UL << SOCK_DONE)) ? in - 1 : in;
}

static __always_inline void fill_flow(struct sock_record *r, struct sock *sk, struct track *t, int state, __u64 cookie) {
  r->head.pid = t->pid;
  r->head.started = t->started;
  r->cookie = cookie;
  r->stack = t->stack;
  r->opened = t->opened;
  r->state = state;
  r->port_chosen = 0;
  r->error = 0;
  r->flags = 0;
  if (t->role == ROLE_INBOUND) r->flags |= FLOW_INBOUND;
  if (t->flags & TRACK_ESTABLISHED) r->flags |= FLOW_ESTABLISHED;
  if (t->flags & TRACK_LATE) r->flags |= FLOW_LATE;
  __builtin_memset(r->pad, 0, sizeof(r->pad));
  socket_ends(r, sk);
}

static __always_inline void emit_flow(struct sock *sk, struct track *t, int state, bool ended) {
  struct sock_record *r = RESERVE(struct sock_record, RECORD_FLOW);
  if (!r) return;
  fill_head(&r->head, RECORD_FLOW, IPPROTO_TCP, 0);
  fill_flow(r, sk, t, state, bpf_get_socket_cookie(sk));
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  r->bytes_in = r->bytes_out = 0;
  if (tp && (t->flags & TRACK_ESTABLISHED)) payload(r, sk, tp, state, t->role == ROLE_OUTBOUND);
  if (ended) {
    r->flags |= FLOW_ENDED;
    if (!(t->flags & TRACK_ESTABLISHED)) r->error = sk->sk_err;
  }
  SUBMIT(r);
}

static __always_inline void emit_listener(struct sock *sk, struct track *t, __u16 kind) {
  struct sock_record *r = RESERVE(struct sock_record, kind);
  if (!r) return;
  fill_head(&r->head, kind, IPPROTO_TCP, 0);
  fill_flow(r, sk, t, TCP_LISTEN, bpf_get_socket_cookie(sk));
  r->bytes_in = r->bytes_out = 0;
  r->port_chosen = port_chooser(sk);
  SUBMIT(r);
}

static __always_inline struct track *begin(void *ctx, struct sock *sk, __u8 role) {
  struct track *t = bpf_sk_storage_get(&tracks, sk, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
  if (!t) {
    count_lost(LOST_TRACK);
    return 0;
  }
  t->role = role;
  t->flags = 0;
  t->opened = bpf_ktime_get_boot_ns();
  own(t);
  t->stack = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK | BPF_F_FAST_STACK_CMP);
  return t;
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(tcp_state, struct sock *sk, int before, int after) {
  if (sk->sk_protocol != IPPROTO_TCP) return 0;
  struct track *t;

  if (after == TCP_SYN_SENT || after == TCP_LISTEN) {
    if (!in_scope()) return 0;
    t = begin(ctx, sk, after == TCP_LISTEN ? ROLE_LISTENER : ROLE_OUTBOUND);
    if (!t) return 0;
    if (after == TCP_LISTEN) emit_listener(sk, t, RECORD_LISTEN);
    else t->flags |= TRACK_ATTEMPTED;
    return 0;
  }

  if (after == TCP_ESTABLISHED) {
    t = bpf_sk_storage_get(&tracks, sk, 0, 0);
    if (!t) return 0;
    if (t->role == ROLE_LISTENER) { /* a connection that was cloned from it */
      t->role = ROLE_INBOUND;
      t->flags = 0;
      t->stack = -1;
      t->opened = bpf_ktime_get_boot_ns();
    }
    t->flags |= TRACK_ESTABLISHED;
    bpf_get_socket_cookie(sk); /* so that accept, which may only read, finds one */
    if (settings.report_open) emit_flow(sk, t, after, 0);
    return 0;
  }

  if (after != TCP_CLOSE) return 0;
  t = bpf_sk_storage_get(&tracks, sk, 0, 0);
  if (!t) return 0;
  if (t->role == ROLE_OUTBOUND || t->role == ROLE_INBOUND) emit_flow(sk, t, before, 1);
  else if (t->role == ROLE_LISTENER && before == TCP_LISTEN) emit_listener(sk, t, RECORD_UNLISTEN);
  t->role = ROLE_CLOSED;
  return 0;
}

#endif
