/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * DNS answers, taken from the buffer of the program that received them: a datagram from port 53 marks the thread, and the
 * return of its system call finds the bytes. So no packet of the machine is touched for it.
 */
#ifndef PORTOLAN_DNS_H
#define PORTOLAN_DNS_H

/* Threads whose current call has received a datagram from port 53; keyed by thread id. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4096);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, __u32);
  __type(value, __u32);
} answering SEC(".maps");

/* How many of them there are, so that every other call is let go at the cost of one load. */
int answers_due = 0;

static __always_inline void answer_due(__u32 thread) {
  __u32 yes = 1;
  if (!bpf_map_update_elem(&answering, &thread, &yes, BPF_NOEXIST)) __sync_fetch_and_add(&answers_due, 1);
}

/* Whether the current thread was marked; it is no more. */
static __always_inline bool answer_taken(void) {
  __u32 thread = (__u32)bpf_get_current_pid_tgid();
  if (bpf_map_delete_elem(&answering, &thread)) return 0;
  __sync_fetch_and_add(&answers_due, -1);
  return 1;
}

static __always_inline void answered(const void *buffer, long length) {
  struct dns_record *r = RESERVE(struct dns_record, RECORD_DNS);
  if (!r) return;
  fill_head(&r->head, RECORD_DNS, IPPROTO_UDP, 0);
  fill_current(&r->head);
  r->length = length;
  __u64 kept = length;
  asm volatile("" : "+r"(kept)); /* so that the bound is on the very register that the helper is given */
  if (kept > DNS_BYTES) kept = DNS_BYTES;
  r->kept = bpf_probe_read_user(r->bytes, kept, buffer) ? 0 : kept;
  SUBMIT(r);
}

/* struct user_msghdr, and struct mmsghdr that begins with one: include/linux/socket.h; struct iovec: include/uapi/linux/uio.h */
struct message {
  __u64 name;
  __u64 name_length;
  __u64 vector;
};

/* The bytes of a message are taken from its first piece, which holds a DNS answer in all resolvers that are known. */
static __always_inline void answered_vector(const void *user_message, long length) {
  struct message message = {};
  __u64 piece[2] = {};
  bpf_probe_read_user(&message, sizeof(message), user_message);
  bpf_probe_read_user(piece, sizeof(piece), (void *)message.vector);
  answered((void *)piece[0], length < (long)piece[1] ? length : (long)piece[1]);
}

#endif
