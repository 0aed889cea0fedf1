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
 * another. What has not moved since it was told is left out.
 */
static __always_inline long sweep_one(struct track *entry, struct sweep_request *sweep) {
  struct track t = *entry;
  if (t.role == ROLE_NONE || t.role == ROLE_LISTENER || t.told == sweep->number) return 0;
  struct sock *sk = (struct sock *)t.sk;
  int state = BPF_CORE_READ(sk, __sk_common.skc_state);
  if (!came_to_be(state)) return 0;
  struct sequence q = probed_sequence(sk);
  __u64 moved = q.acked + q.received + q.written;
  if (t.told && t.moved == moved) return 0;
  struct sock_record *r = bpf_map_lookup_elem(&swept, &sweep->count);
  if (!r) return 1;
  __builtin_memset(r, 0, sizeof(*r));
  fill_head(&r->head, RECORD_FLOW, IPPROTO_TCP, 0);
  r->head.pid = t.pid;
  r->head.started = t.started;
  r->identity = t.sk;
  r->stack = t.stack;
  r->opened = t.opened;
  r->state = state;
  r->flags = flow_flags(&t, state);
  probed_ends(r, sk);
  payload(r, &q, state, counts_syn(&t));
  if (!r->lport) return 0; /* it closes right now, and has a record of its own */
  if (entry->sk != t.sk || entry->opened != t.opened || entry->role != t.role) return 0;
  entry->told = sweep->number;
  entry->moved = moved;
  sweep->count++;
  return 0;
}

static long sweep_bucket(void *map, __u32 *key, struct bucket *bucket, struct sweep_request *sweep) {
  return sweep_one(&bucket->way[0], sweep) || sweep_one(&bucket->way[1], sweep);
}

static long sweep_far(void *map, __u64 *key, struct track *entry, struct sweep_request *sweep) {
  return sweep_one(entry, sweep);
}

SEC("syscall")
int sweep_flows(struct sweep_request *ctx) {
  struct sweep_request sweep = { .number = ctx->number };
  bpf_for_each_map_elem(&near, sweep_bucket, &sweep, 0);
  if (far_tracks) bpf_for_each_map_elem(&far, sweep_far, &sweep, 0);
  ctx->count = sweep.count;
  return 0;
}

#endif
