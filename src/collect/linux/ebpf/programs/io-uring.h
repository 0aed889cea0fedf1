/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What calls.h learns from the return of a system call, for requests that io_uring completes instead. A multishot accept
 * posts its completions without a request: there the close of the connection tells who held it (tcp.h).
 */
#ifndef PORTOLAN_IO_URING_H
#define PORTOLAN_IO_URING_H

/* include/uapi/linux/io_uring.h, enum io_uring_op: part of the ABI */
enum { RING_ACCEPT = 13, RING_CONNECT = 16, RING_BIND = 56, RING_LISTEN = 57 };

static __always_inline bool is_internet(__u16 family) {
  return family == AF_INET || family == AF_INET6;
}

static __always_inline struct sockaddr_any kernel_address(const void *from) {
  struct sockaddr_any address = {};
  bpf_probe_read_kernel(&address, sizeof(address), from);
  return address;
}

/*
 * The address of a bind lies in the data that the request carries: from Linux 6.11 in the message header of sends, and
 * since a change that stable kernels have taken over, alone. No type tells which; the family that an address begins with
 * does. A header begins with a pointer, whose last bits are no family. Where both or neither could be, nobody guesses.
 */
static __always_inline void bind_refused(struct io_kiocb *request, struct sock *sk, int error) {
  if (!is_internet(BPF_CORE_READ(sk, __sk_common.skc_family))) return;
  void *data = BPF_CORE_READ(request, async_data);
  struct sockaddr_any alone = kernel_address(data);
  struct sockaddr_any within = kernel_address(data + bpf_core_field_offset(struct io_async_msghdr, addr));
  if (is_internet(alone.family) == is_internet(within.family)) count_lost(RECORD_BIND_FAILED);
  else refused(RECORD_BIND_FAILED, sk, is_internet(alone.family) ? alone : within, error);
}

SEC("tp_btf/io_uring_complete")
int BPF_PROG(ring_completed, struct io_ring_ctx *ring, void *completed, struct io_uring_cqe *cqe) {
  struct io_kiocb *request = completed;
  if (!request) return 0;
  __u8 operation = BPF_CORE_READ(request, opcode);
  if (operation != RING_ACCEPT && operation != RING_CONNECT && operation != RING_BIND && operation != RING_LISTEN) return 0;
  if (!in_scope()) return 0;
  long result = BPF_CORE_READ(cqe, res);
  struct sock *sk = sock_behind(BPF_CORE_READ(request, file));
  if (operation == RING_ACCEPT) {
    /* Into a slot of the ring's own table there is no descriptor to follow. */
    if (result >= 0 && !BPF_CORE_READ((struct io_accept *)request, file_slot)) accepted(result);
  } else if (operation == RING_CONNECT) {
    if (connect_failed(result)) refused(RECORD_CONNECT_FAILED, sk, user_address(BPF_CORE_READ((struct io_connect *)request, addr)), -result);
  } else if (operation == RING_LISTEN) {
    if (!result) placed(sk);
  } else if (!result) {
    bound(sk);
  } else {
    bind_refused(request, sk, -result);
  }
  return 0;
}

#endif
