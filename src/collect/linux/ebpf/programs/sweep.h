/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What no event tells: flows that stay open (once a sweep), and sockets that were open before the collector came (once,
 * when a capture joins late). Nothing here hangs on an event: the collector runs the sweep when it wants it, and reads the
 * iterators' records like a file.
 */
#ifndef PORTOLAN_SWEEP_H
#define PORTOLAN_SWEEP_H

/* The records of a sweep, apart from what happens meanwhile. Whatever does not fit comes with the next run. */
struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1 << 22);
} swept SEC(".maps");

struct sweep_state {
  __u32 number; /* of the sweep: what it has visited is not visited again */
  __u32 full;
};

/* The counters of a socket that is only an address to the verifier. */
static __always_inline struct sequence probed_sequence(struct sock *sk) {
  struct tcp_sock *tp = (struct tcp_sock *)sk;
  struct sequence q = {
    .acked = BPF_CORE_READ(tp, bytes_acked),
    .received = BPF_CORE_READ(tp, bytes_received),
    .written = BPF_CORE_READ(tp, write_seq),
    .unacked = BPF_CORE_READ(tp, snd_una),
    .flags = BPF_CORE_READ(sk, __sk_common.skc_flags),
  };
  return q;
}

/*
 * Tells an open flow where it carried something since it was told last. The socket behind an entry may close and be
 * reused while it is read: then its cookie is another, and it is left out.
 */
static long sweep_flow(void *map, __u64 *key, struct track *t, struct sweep_state *state) {
  if (t->sweep == (__u16)state->number) return 0;
  struct sock *sk = (struct sock *)*key;
  if (t->role == ROLE_LISTENER || !(t->flags & TRACK_ESTABLISHED)) return 0;
  struct sequence q = probed_sequence(sk);
  __u32 carried = q.received + q.written;
  if (t->flags & TRACK_TOLD && t->carried == carried) return 0;
  struct sock_record r = {};
  fill_head(&r.head, RECORD_FLOW, IPPROTO_TCP, 0);
  r.head.pid = t->pid;
  r.head.started = t->started;
  r.cookie = t->cookie;
  r.stack = t->stack;
  r.opened = t->opened;
  r.state = BPF_CORE_READ(sk, __sk_common.skc_state);
  r.flags = flow_flags(t);
  probed_ends(&r, sk);
  if (!r.lport) return 0; /* it closes right now, and has a record of its own */
  payload(&r, &q, r.state, counts_syn(t));
  if (BPF_CORE_READ(sk, __sk_common.skc_cookie.counter) != t->cookie) return 0;
  if (bpf_ringbuf_output(&swept, &r, sizeof(r), BPF_RB_NO_WAKEUP)) {
    state->full = 1;
    return 1;
  }
  t->flags |= TRACK_TOLD;
  t->carried = carried;
  t->sweep = state->number;
  return 0;
}

/*
 * Never attached: the collector runs it (BPF_PROG_TEST_RUN) with the sweep's number as its argument, and again while it
 * answers 1. An iterator over the map would need no second run, but kernels that are locked down refuse that one.
 */
SEC("raw_tp/sweep")
int sweep_flows(struct bpf_raw_tracepoint_args *ctx) {
  struct sweep_state state = { .number = ctx->args[0] };
  bpf_for_each_map_elem(&tracks, sweep_flow, &state, 0);
  return state.full;
}

/*
 * Gives every socket of the reader's network namespace the cookie that the next pass looks for: a helper that makes one
 * takes no socket that was found through a file.
 */
SEC("iter/tcp")
int mark_tcp(struct bpf_iter__tcp *ctx) {
  struct sock_common *c = ctx->sk_common;
  if (c && c->skc_state != TCP_TIME_WAIT && c->skc_state != TCP_NEW_SYN_RECV) bpf_get_socket_cookie(c);
  return 0;
}

SEC("iter/udp")
int mark_udp(struct bpf_iter__udp *ctx) {
  struct udp_sock *udp = ctx->udp_sk;
  if (udp) bpf_get_socket_cookie(&udp->inet.sk);
  return 0;
}

static __always_inline bool task_followed(struct task_struct *task) {
  __u32 pid = task->tgid;
  if (settings.whole_machine) return pid != settings.own_pid;
  return bpf_map_lookup_elem(&followed, &pid) != 0;
}

SEC("iter/task_file")
int seed_sockets(struct bpf_iter__task_file *ctx) {
  struct task_struct *task = ctx->task;
  struct file *file = ctx->file;
  if (!task || !file || !task_followed(task)) return 0;
  if (task->tgid != task->pid && task->files == task->group_leader->files) return 0; /* as in snapshot.bpf.c */
  struct socket *socket = bpf_sock_from_file(file);
  if (!socket) return 0;
  struct sock *sk = socket->sk;
  if (!sk) return 0;
  __u16 family = sk->__sk_common.skc_family;
  __u8 state = sk->__sk_common.skc_state;
  __u16 protocol = sk->sk_protocol;
  if (family != AF_INET && family != AF_INET6) return 0;
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP) return 0;
  if (protocol == IPPROTO_TCP && state == TCP_CLOSE) return 0;
  if (protocol == IPPROTO_UDP && !sk->__sk_common.skc_num) return 0;
  __u64 cookie = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
  struct track t = {};
  struct track *known = track_of(sk);
  if (known) {
    t = *known;
  } else {
    t.pid = task->tgid;
    t.started = task->group_leader->start_boottime;
    t.stack = -1;
    t.opened = bpf_ktime_get_boot_ns();
    t.cookie = cookie;
    t.flags = TRACK_LATE | TRACK_TOLD;
    t.role = state == TCP_LISTEN ? ROLE_LISTENER : ROLE_OUTBOUND;
    if (t.role == ROLE_OUTBOUND && state != TCP_SYN_SENT) t.flags |= TRACK_ESTABLISHED;
    if (protocol == IPPROTO_TCP && !remember(sk, &t)) return 0;
  }
  struct sock_record r = {};
  __u16 kind = protocol == IPPROTO_UDP || state == TCP_LISTEN ? RECORD_LISTEN : RECORD_FLOW;
  fill_head(&r.head, kind, protocol, 0);
  fill_flow(&r, sk, &t, state);
  r.head.pid = task->tgid; /* each process that holds it, one record each */
  r.head.started = task->group_leader->start_boottime;
  if (kind == RECORD_LISTEN) r.port_chosen = port_chooser(sk);
  if (kind == RECORD_FLOW) {
    struct sequence q = probed_sequence(sk);
    payload(&r, &q, state, counts_syn(&t));
  }
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

#endif
