/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What was open before the collector came, when a capture joins late. These are iterators: the collector reads their
 * records like a file.
 */
#ifndef PORTOLAN_SEED_H
#define PORTOLAN_SEED_H

/*
 * Only in the tables of a network namespace does every verifier take a socket for one, and so let it have its cookie.
 * There the pass over the files can read it.
 */
SEC("iter/tcp")
int name_tcp(struct bpf_iter__tcp *ctx) {
  struct sock_common *c = ctx->sk_common;
  if (c) bpf_get_socket_cookie(c);
  return 0;
}
SEC("iter/udp")
int name_udp(struct bpf_iter__udp *ctx) {
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
  struct track t = {};
  struct track *known = track_of(sk);
  if (known) {
    t = *known;
  } else {
    t.pid = task->tgid;
    t.started = task->group_leader->start_boottime;
    t.stack = -1;
    t.opened = bpf_ktime_get_boot_ns();
    t.cookie = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
    /* In a namespace that no process is in nobody gave it one. A socket's address is no other's cookie. */
    if (!t.cookie && protocol == IPPROTO_TCP) t.cookie = (__u64)sk;
    t.flags = TRACK_LATE;
    t.told = SEEDED;
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
  if (kind == RECORD_LISTEN) {
    r.port_chosen = port_chooser(sk);
  } else {
    struct sequence q = probed_sequence(sk);
    payload(&r, &q, state, counts_syn(&t));
  }
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

#endif
