/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The few kernel types and fields that the programs read. Field offsets here mean nothing: preserve_access_index makes
 * the loader put in the running kernel's own (CO-RE), so only names and types must be right. Names are the kernel's.
 */
#ifndef PORTOLAN_KERNEL_H
#define PORTOLAN_KERNEL_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
typedef _Bool bool;
typedef int pid_t;

#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_MPTCP 262
#define SOCK_DGRAM 2

/* include/uapi/linux/bpf.h */
enum {
  BPF_MAP_TYPE_HASH = 1,
  BPF_MAP_TYPE_ARRAY = 2,
  BPF_MAP_TYPE_PERCPU_ARRAY = 6,
  BPF_MAP_TYPE_STACK_TRACE = 7,
  BPF_MAP_TYPE_LRU_HASH = 9,
  BPF_MAP_TYPE_RINGBUF = 27,
};
enum { BPF_ANY = 0, BPF_NOEXIST = 1 };
enum { BPF_F_NO_PREALLOC = 1, BPF_F_MMAPABLE = 1024 };
enum { BPF_F_USER_STACK = 256, BPF_F_FAST_STACK_CMP = 512, BPF_F_REUSE_STACKID = 1024 };
enum { BPF_RB_NO_WAKEUP = 1 };

struct bpf_sock {
  __u32 bound_dev_if;
  __u32 family;
  __u32 type;
  __u32 protocol;
  __u32 mark;
  __u32 priority;
  __u32 src_ip4;
  __u32 src_ip6[4];
  __u32 src_port;
  __be16 dst_port;
  __u16 : 16;
  __u32 dst_ip4;
  __u32 dst_ip6[4];
  __u32 state;
  __s32 rx_queue_mapping;
};

struct bpf_sock_addr {
  __u32 user_family;
  __u32 user_ip4;
  __u32 user_ip6[4];
  __u32 user_port;
  __u32 family;
  __u32 type;
  __u32 protocol;
  __u32 msg_src_ip4;
  __u32 msg_src_ip6[4];
  union {
    struct bpf_sock *sk;
    __u64 : 64;
  } __attribute__((aligned(8)));
};

struct __sk_buff {
  __u32 len;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct in6_addr {
  union {
    __u8 u6_addr8[16];
  } in6_u;
};

struct ns_common {
  unsigned int inum;
};
struct hlist_node {
  struct hlist_node *next, **pprev;
};
struct hlist_head {
  struct hlist_node *first;
};
struct net_device {
  char name[16];
  int ifindex;
  struct hlist_node index_hlist;
};
struct net {
  struct hlist_head *dev_index_head;
  struct ns_common ns;
};
typedef struct {
  struct net *net;
} possible_net_t;

typedef struct {
  __s64 counter;
} atomic64_t;

struct sock_common {
  __be32 skc_daddr;
  __be32 skc_rcv_saddr;
  __be16 skc_dport;
  __u16 skc_num;
  unsigned short skc_family;
  volatile unsigned char skc_state;
  int skc_bound_dev_if;
  possible_net_t skc_net;
  struct hlist_node skc_bind_node;
  struct in6_addr skc_v6_daddr;
  struct in6_addr skc_v6_rcv_saddr;
  unsigned long skc_flags;
  atomic64_t skc_cookie;
};

typedef struct {
  unsigned int val;
} kuid_t;

struct file;
struct inode {
  unsigned long i_ino;
};
struct socket {
  struct file *file;
  struct sock *sk;
};
struct socket_alloc {
  struct socket socket;
  struct inode vfs_inode;
};
typedef struct {
  int owned;
} socket_lock_t;
struct sock {
  struct sock_common __sk_common;
  socket_lock_t sk_lock;
  int sk_err;
  __u16 sk_protocol;
  __u16 sk_type;
  unsigned int sk_userlocks : 4;
  struct socket *sk_socket;
};
struct inet_sock {
  struct sock sk;
  __be16 inet_sport;
};
struct inet_connection_sock {
  struct inet_sock icsk_inet;
};
struct tcp_sock {
  struct inet_connection_sock inet_conn;
  __u32 snd_una;
  __u32 write_seq;
  __u64 bytes_received;
  __u64 bytes_acked;
};
struct inet_timewait_sock {
  struct sock_common __tw_common;
  volatile unsigned char tw_substate;
};
struct udp_sock {
  struct inet_sock inet;
};

enum sock_flags { SOCK_DEAD = 0, SOCK_DONE = 1 };

struct qstr {
  const unsigned char *name;
};
struct dentry {
  struct dentry *d_parent;
  struct qstr d_name;
  struct inode *d_inode;
};
struct vfsmount {
  struct dentry *mnt_root;
};
struct mount {
  struct mount *mnt_parent;
  struct dentry *mnt_mountpoint;
  struct vfsmount mnt;
};
struct path {
  struct vfsmount *mnt;
  struct dentry *dentry;
};
struct file {
  struct path f_path;
  struct inode *f_inode;
  void *private_data;
};
struct fdtable {
  struct file **fd;
};
struct files_struct {
  struct fdtable *fdt;
};
struct mm_struct {
  unsigned long arg_start;
  unsigned long arg_end;
};
struct cred {
  kuid_t euid;
};
typedef struct {
  int counter;
} atomic_t;
struct signal_struct {
  atomic_t live;
};
struct nsproxy {
  struct net *net_ns;
};
struct task_struct {
  struct nsproxy *nsproxy;
  struct task_struct *group_leader;
  struct task_struct *real_parent;
  struct mm_struct *mm;
  struct files_struct *files;
  const struct cred *cred;
  struct signal_struct *signal;
  __u64 start_boottime;
  pid_t pid;
  pid_t tgid;
  int exit_code;
  char comm[16];
};
struct linux_binprm {
  struct file *file;
  const char *filename;
};

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
  unsigned long si;
  unsigned long di;
  unsigned long orig_ax;
};
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs {
  __u64 regs[31];
  __u64 orig_x0;
  __s32 syscallno;
};
#endif

struct io_ring_ctx;
struct io_uring_cqe {
  __s32 res;
};
struct io_kiocb {
  struct file *file;
  __u8 opcode;
  void *async_data;
};
struct io_accept {
  __u32 file_slot;
};
struct io_connect {
  void *addr;
};
struct __kernel_sockaddr_storage {
  __u16 ss_family;
};
struct io_async_msghdr {
  struct __kernel_sockaddr_storage addr;
};

struct seq_file;
struct bpf_iter_meta {
  struct seq_file *seq;
  __u64 session_id;
  __u64 seq_num;
};
struct bpf_iter__task_file {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
  __u32 fd;
  struct file *file;
};
struct bpf_iter__tcp {
  struct bpf_iter_meta *meta;
  struct sock_common *sk_common;
  __u32 uid;
};
struct bpf_iter__udp {
  struct bpf_iter_meta *meta;
  struct udp_sock *udp_sk;
  __u32 uid;
};

#pragma clang attribute pop

#endif
