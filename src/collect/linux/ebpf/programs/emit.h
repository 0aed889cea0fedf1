/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The ring, and the count of everything that did not fit into it. */
#ifndef PORTOLAN_EMIT_H
#define PORTOLAN_EMIT_H

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1 << 24); /* the collector sets its own size before loading */
} ring SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, LOST_REASONS);
  __type(key, __u32);
  __type(value, __u64);
} lost SEC(".maps");

static __always_inline void count_lost(__u32 reason) {
  __u64 *n = bpf_map_lookup_elem(&lost, &reason);
  if (n) (*n)++;
}

/* Room for a record, or NULL after counting the loss. The consumer looks by the clock: nobody is woken. */
#define RESERVE(type, kind) ({                                         \
  type *reserved = bpf_ringbuf_reserve(&ring, sizeof(type), 0);        \
  if (!reserved) count_lost(kind);                                     \
  reserved;                                                            \
})
#define SUBMIT(record) bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP)

static __always_inline void fill_head(struct head *h, __u16 kind, __u8 protocol, __u8 family) {
  h->kind = kind;
  h->protocol = protocol;
  h->family = family;
  h->at = bpf_ktime_get_boot_ns();
}

/* The process that runs now: for hooks in a system call's own context. */
static __always_inline void fill_current(struct head *h) {
  struct task_struct *task = bpf_get_current_task_btf();
  h->pid = task->tgid;
  h->started = task->group_leader->start_boottime;
}

#endif
