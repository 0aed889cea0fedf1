// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * Every TCP and UDP socket at one moment. task_file passes over all open files of all processes, whatever their network
 * namespace; tcp and udp pass over the sockets of the reader's namespace, and so find what no process holds.
 */
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "records.h"

char LICENSE[] SEC("license") = "GPL";

enum { TCP_TIME_WAIT = 6, TCP_CLOSE = 7, TCP_NEW_SYN_RECV = 12 };

static __always_inline void ends(struct snapshot_record *r, struct sock_common *c) {
  r->family = c->skc_family;
  r->state = c->skc_state;
  r->lport = c->skc_num;
  r->rport = bpf_ntohs(c->skc_dport);
  r->netns = c->skc_net.net->ns.inum;
  r->ifindex = c->skc_bound_dev_if;
  if (r->family == AF_INET) {
    *(__u32 *)r->laddr = c->skc_rcv_saddr;
    *(__u32 *)r->raddr = c->skc_daddr;
  } else {
    BPF_CORE_READ_INTO(&r->laddr, c, skc_v6_rcv_saddr);
    BPF_CORE_READ_INTO(&r->raddr, c, skc_v6_daddr);
  }
}

SEC("iter/task_file")
int held(struct bpf_iter__task_file *ctx) {
  struct task_struct *task = ctx->task;
  struct file *file = ctx->file;
  if (!task || !file) return 0;
  /* A thread may have files of its own, or outlive its leader, who then has none. */
  if (task->tgid != task->pid && task->files == task->group_leader->files) return 0;
  struct socket *socket = bpf_sock_from_file(file);
  if (!socket) return 0;
  struct sock *sk = socket->sk;
  if (!sk) return 0;
  __u16 family = sk->__sk_common.skc_family;
  if (family != AF_INET && family != AF_INET6) return 0;
  __u16 protocol = sk->sk_protocol;
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP && protocol != IPPROTO_MPTCP) return 0;
  if (protocol == IPPROTO_TCP ? sk->__sk_common.skc_state == TCP_CLOSE : protocol == IPPROTO_UDP && !sk->__sk_common.skc_num) return 0;
  struct snapshot_record r = {};
  ends(&r, &sk->__sk_common);
  r.protocol = protocol == IPPROTO_MPTCP ? IPPROTO_TCP : protocol;
  r.inode = file->f_inode->i_ino;
  r.pid = task->tgid;
  /* What is listed of MPTCP are its subflows, to which the kernel gives the inode number of the socket in front. */
  r.hold = protocol == IPPROTO_MPTCP ? HOLD_BEHIND : HOLD_FILE;
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

/* The socket's inode number, 0 where it has no struct socket. sockfs keeps the inode right behind it (socket_alloc). */
static __always_inline __u64 inode_of(struct sock *sk, struct snapshot_record *r) {
  struct socket *socket = BPF_CORE_READ(sk, sk_socket);
  if (!socket) return 0;
  r->hold = BPF_CORE_READ(socket, file) ? HOLD_FILE : HOLD_KERNEL;
  return BPF_CORE_READ((struct socket_alloc *)socket, vfs_inode.i_ino);
}

SEC("iter/tcp")
int all_tcp(struct bpf_iter__tcp *ctx) {
  struct sock_common *c = ctx->sk_common;
  if (!c) return 0;
  struct snapshot_record r = {};
  ends(&r, c);
  r.protocol = IPPROTO_TCP;
  if (r.state == TCP_TIME_WAIT) {
    r.state = BPF_CORE_READ((struct inet_timewait_sock *)c, tw_substate);
  } else if (r.state == TCP_CLOSE) {
    return 0;
  } else if (r.state != TCP_NEW_SYN_RECV) {
    r.inode = inode_of((struct sock *)c, &r);
  }
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}

SEC("iter/udp")
int all_udp(struct bpf_iter__udp *ctx) {
  struct udp_sock *udp = ctx->udp_sk;
  if (!udp) return 0;
  struct sock *sk = &udp->inet.sk;
  if (sk->sk_protocol != IPPROTO_UDP) return 0; /* UDP-Lite shares the table */
  struct snapshot_record r = {};
  ends(&r, &sk->__sk_common);
  r.protocol = IPPROTO_UDP;
  r.inode = inode_of(sk, &r);
  bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
  return 0;
}
