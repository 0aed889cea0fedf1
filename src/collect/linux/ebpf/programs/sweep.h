/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What no event tells: flows that stay open (once a sweep), and sockets that were open before the collector came (once,
 * when a capture joins late). Both are iterators: the collector reads their records like a file.
 */
#ifndef PORTOLAN_SWEEP_H
#define PORTOLAN_SWEEP_H

/* The socket behind an entry may close and be reused while it is read: then its cookie is another, and it is left out. */
SEC("iter/bpf_map_elem")
int sweep_flows(struct bpf_iter__bpf_map_elem *ctx) {
  __u64 *key = ctx->key;
  struct track *t = ctx->value;
  if (!key || !t || t->role == ROLE_LISTENER || !(t->flags & TRACK_ESTABLISHED)) return 0;
  struct sock *sk = (struct sock *)*key;
  struct tcp_sock *tp = (struct tcp_sock *)sk;
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
  struct sequence q = {
    .acked = BPF_CORE_READ(tp, bytes_acked),
    .received = BPF_CORE_READ(tp, bytes_received),
    .written = BPF_CORE_READ(tp, write_seq),
    .unacked = BPF_CORE_READ(tp, snd_una),
    .flags = BPF_CORE_READ(sk, __sk_common.skc_flags),
  };
  payload(&r, &q, r.state, counts_syn(t));
  if (BPF_CORE_READ(sk, __sk_common.skc_cookie.counter) != t->cookie) return 0;
  t->flags |= TRACK_TOLD;
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
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
  struct track t = {};
  struct track *known = track_of(sk);
  if (known) {
    t = *known;
  } else {
    t.pid = task->tgid;
    t.started = task->group_leader->start_boottime;
    t.stack = -1;
    t.opened = bpf_ktime_get_boot_ns();
    t.cookie = bpf_get_socket_cookie(sk);
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
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  if (tp && kind == RECORD_FLOW) {
    struct sequence q = sequence_of(sk, tp);
    payload(&r, &q, state, counts_syn(&t));
  }
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

#endif
