/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Flows that stay open, which no event tells: a program that the collector runs itself, once a sweep (BPF_PROG_TEST_RUN).
 * It writes to memory of its own, so that ever so many open connections take no room from the records in the ring.
 */
#ifndef PORTOLAN_SWEEP_H
#define PORTOLAN_SWEEP_H

/* A slice of the sweep: as much as may be done before anything else gets the processor. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, SWEEP_SLICE);
  __uint(map_flags, BPF_F_MMAPABLE);
  __type(key, __u32);
  __type(value, struct sock_record);
} swept SEC(".maps");

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
 * One entry; 1 ends the slice. The socket behind it may close and be reused while it is read: then the entry is gone, or
 * another. Where a socket closed at the very moment at which the seed remembered it, its cookie is not the entry's.
 */
static long sweep_one(void *map, __u64 *key, struct track *entry, struct sweep_request *sweep) {
  struct track t = *entry;
  if (t.role == ROLE_LISTENER || !(t.flags & TRACK_ESTABLISHED) || t.told == sweep->number) return 0;
  struct sock_record *r = bpf_map_lookup_elem(&swept, &sweep->count);
  if (!r) return 1;
  struct sock *sk = (struct sock *)*key;
  __builtin_memset(r, 0, sizeof(*r));
  fill_head(&r->head, RECORD_FLOW, IPPROTO_TCP, 0);
  r->head.pid = t.pid;
  r->head.started = t.started;
  r->cookie = t.cookie;
  r->stack = t.stack;
  r->opened = t.opened;
  r->state = BPF_CORE_READ(sk, __sk_common.skc_state);
  r->flags = flow_flags(&t);
  probed_ends(r, sk);
  struct sequence q = probed_sequence(sk);
  payload(r, &q, r->state, counts_syn(&t));
  if (!r->lport) return 0; /* it closes right now, and has a record of its own */
  if (t.cookie != *key && t.cookie != BPF_CORE_READ(sk, __sk_common.skc_cookie.counter)) return 0;
  entry = bpf_map_lookup_elem(&tracks, key);
  if (!entry || entry->opened != t.opened) return 0;
  entry->told = sweep->number;
  sweep->count++;
  return 0;
}

SEC("syscall")
int sweep_flows(struct sweep_request *ctx) {
  struct sweep_request sweep = { .number = ctx->number };
  bpf_for_each_map_elem(&tracks, sweep_one, &sweep, 0);
  ctx->count = sweep.count;
  return 0;
}

#endif
