/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Names of the interfaces that sockets are bound to, for addresses that mean something only on one link. Noted here, since
 * the network namespace may be gone with its last process when a record is read.
 */
#ifndef PORTOLAN_LINKS_H
#define PORTOLAN_LINKS_H

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4096); /* a link that finds it full has no name */
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct link_key);
  __type(value, struct link_value);
} links SEC(".maps");

#define DEVICE_HASH 256 /* NETDEV_HASHENTRIES, include/linux/netdevice.h */
#define CHAIN 16

/* On its own, so that it is verified once and not with each of its callers. */
__attribute__((noinline)) int note_link(__u64 net, __u32 netns, __s32 ifindex) {
  struct link_key key = { .netns = netns, .ifindex = ifindex };
  if (bpf_map_lookup_elem(&links, &key)) return 0;
  struct hlist_head *heads = BPF_CORE_READ((struct net *)net, dev_index_head);
  struct hlist_node *node = 0;
  bpf_probe_read_kernel(&node, sizeof(node), heads + (ifindex & (DEVICE_HASH - 1)));
#pragma clang loop unroll(disable)
  for (int i = 0; i < CHAIN && node; i++) {
    struct net_device *device = (void *)node - bpf_core_field_offset(struct net_device, index_hlist);
    if (BPF_CORE_READ(device, ifindex) == ifindex) {
      struct link_value value = {};
      BPF_CORE_READ_INTO(&value.name, device, name);
      bpf_map_update_elem(&links, &key, &value, BPF_ANY);
      break;
    }
    node = BPF_CORE_READ(node, next);
  }
  return 0;
}

static __always_inline void note_link_of(struct sock *sk, __u32 netns, __s32 ifindex) {
  if (ifindex) note_link((__u64)BPF_CORE_READ(sk, __sk_common.skc_net.net), netns, ifindex);
}

#endif
