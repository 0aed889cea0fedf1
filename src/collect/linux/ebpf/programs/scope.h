/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Who is followed: everything, the processes below a cgroup, or a process and what it starts. */
#ifndef PORTOLAN_SCOPE_H
#define PORTOLAN_SCOPE_H

const volatile struct settings settings = {};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, __u32);
  __type(value, __u8);
} followed SEC(".maps");

/* Some of them, by the low bits of their pid: a look-up here costs a few instructions. */
#define LATELY 1024
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, LATELY);
  __type(key, __u32);
  __type(value, __u32);
} lately SEC(".maps");

static __always_inline __u32 *lately_of(__u32 pid) {
  __u32 slot = pid % LATELY;
  return bpf_map_lookup_elem(&lately, &slot);
}

static __always_inline void follow(__u32 pid) {
  __u8 yes = 1;
  if (bpf_map_update_elem(&followed, &pid, &yes, BPF_ANY)) count_lost(LOST_SCOPE);
}

static __always_inline void unfollow(__u32 pid) {
  bpf_map_delete_elem(&followed, &pid);
  __u32 *late = lately_of(pid);
  if (late && *late == pid) *late = 0;
}

/* Whether the running process is followed. Once seen in the cgroup it stays so, even when it moves elsewhere. */
static __always_inline bool in_scope(void) {
  __u32 pid = bpf_get_current_pid_tgid() >> 32;
  if (settings.whole_machine) return pid != settings.own_pid;
  __u32 *late = lately_of(pid);
  if (late && *late == pid) return 1;
  if (bpf_map_lookup_elem(&followed, &pid)) {
    if (late) *late = pid;
    return 1;
  }
  if (!settings.cgroup || bpf_get_current_ancestor_cgroup_id(settings.level) != settings.cgroup) return 0;
  if (pid != settings.own_pid) follow(pid); /* the collector is inside only while it starts the application */
  return 1;
}

#endif
