/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What no event tells: flows that stay open (once a sweep), and sockets that were open before the collector came (once,
 * when a capture joins late). Both are iterators: the collector reads their records like a file.
 */
#ifndef PORTOLAN_SWEEP_H
#define PORTOLAN_SWEEP_H

SEC("iter/bpf_sk_storage_map")
int sweep_flows(struct bpf_iter__bpf_sk_storage_map *ctx) {
  struct sock *sk = ctx->sk;
  struct track *t = ctx->value;
  if (!sk || !t || (t->role != ROLE_OUTBOUND && t->role != ROLE_INBOUND)) return 0;
  if (!(t->flags & TRACK_ESTABLISHED)) return 0; /* an attempt: its outcome is an event */
  struct sock_record r = {};
  fill_head(&r.head, RECORD_FLOW, IPPROTO_TCP, 0);
  fill_flow(&r, sk, t, sk->__sk_common.skc_state, sk->__sk_common.skc_cookie.counter);
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  if (tp) payload(&r, sk, tp, r.state, t->role == ROLE_OUTBOUND);
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
  if (!task || !file || task->tgid != task->pid || !task_followed(task)) return 0;
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
  struct track *t = bpf_sk_storage_get(&tracks, sk, 0, 0);
  if (!t) {
    t = bpf_sk_storage_get(&tracks, sk, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
    if (!t) {
      count_lost(LOST_TRACK);
      return 0;
    }
    t->pid = task->tgid;
    t->started = task->group_leader->start_boottime;
    t->stack = -1;
    t->opened = bpf_ktime_get_boot_ns();
    t->flags = TRACK_LATE;
    t->role = protocol == IPPROTO_UDP ? ROLE_UDP : state == TCP_LISTEN ? ROLE_LISTENER : ROLE_OUTBOUND;
    if (t->role == ROLE_OUTBOUND && state != TCP_SYN_SENT) t->flags |= TRACK_ESTABLISHED;
  }
  struct sock_record r = {};
  __u16 kind = protocol == IPPROTO_UDP || state == TCP_LISTEN ? RECORD_LISTEN : RECORD_FLOW;
  fill_head(&r.head, kind, protocol, 0);
  fill_flow(&r, sk, t, state, bpf_get_socket_cookie(sk));
  r.head.pid = task->tgid; /* each process that holds it, one record each */
  r.head.started = task->group_leader->start_boottime;
  if (kind == RECORD_LISTEN) r.port_chosen = port_chooser(sk);
  struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
  if (tp && kind == RECORD_FLOW) payload(&r, sk, tp, state, t->role == ROLE_OUTBOUND);
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

#endif
