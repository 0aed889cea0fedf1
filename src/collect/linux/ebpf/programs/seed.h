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

static __always_inline struct track *found_open(struct task_struct *task, struct sock *sk, __u16 protocol, int state,
                                               struct track *unfollowed) {
  struct track *t = protocol == IPPROTO_TCP ? remember(sk) : unfollowed;
  if (!t) return 0;
  t->pid = task->tgid;
  t->started = task->group_leader->start_boottime;
  t->stack = -1;
  t->opened = bpf_ktime_get_boot_ns();
  t->flags = TRACK_LATE;
  t->told = SEEDED;
  t->role = state == TCP_LISTEN ? ROLE_LISTENER : ROLE_OUTBOUND;
  return t;
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
  struct track *t = protocol == IPPROTO_TCP ? track_of(sk) : 0;
  struct track fresh = {};
  if (!t) t = found_open(task, sk, protocol, state, &fresh);
  if (!t) return 0;
  struct sock_record r = {};
  __u16 kind = protocol == IPPROTO_UDP || state == TCP_LISTEN ? RECORD_LISTEN : RECORD_FLOW;
  fill_head(&r.head, kind, protocol, 0);
  fill_flow(&r, sk, t, state, sk->__sk_common.skc_num);
  r.head.pid = task->tgid; /* each process that holds it, one record each */
  r.head.started = task->group_leader->start_boottime;
  if (protocol == IPPROTO_UDP) r.identity = BPF_CORE_READ(sk, __sk_common.skc_cookie.counter);
  if (kind == RECORD_LISTEN) {
    r.port_chosen = port_chooser(sk);
  } else {
    struct sequence q = probed_sequence(sk);
    payload(&r, &q, state, counts_syn(t));
  }
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

#endif
