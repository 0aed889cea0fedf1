/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Processes: born, become another program, ended. Told by the kernel, so that one that lives a millisecond is known. */
#ifndef PORTOLAN_PROCESS_H
#define PORTOLAN_PROCESS_H

/* Records of several kilobytes are put together here and only their used part is copied to the ring. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct exec_record);
} scratch SEC(".maps");

#define PATH_DEPTH 32

/* The path's components, leaf first, across mount points: what /proc/PID/exe would say. */
static __always_inline __u32 path_components(struct path *path, __u8 *to, __u32 *cut) {
  struct dentry *dentry = BPF_CORE_READ(path, dentry);
  struct vfsmount *vfs = BPF_CORE_READ(path, mnt);
  struct mount *mount = (struct mount *)((void *)vfs - bpf_core_field_offset(struct mount, mnt));
  __u32 used = 0;
  *cut = 1;
#pragma clang loop unroll(disable)
  for (int i = 0; i < PATH_DEPTH; i++) {
    if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
      struct mount *parent = BPF_CORE_READ(mount, mnt_parent);
      if (parent == mount) {
        *cut = 0;
        break;
      }
      dentry = BPF_CORE_READ(mount, mnt_mountpoint);
      mount = parent;
      continue;
    }
    struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
    if (parent == dentry) { /* what lies under no mount, such as a memfd */
      *cut = 0;
      break;
    }
    if (used >= PATH_BYTES) break;
    long n = bpf_probe_read_kernel_str(to + (used & (PATH_BYTES - 1)), 256, BPF_CORE_READ(dentry, d_name.name));
    if (n <= 0) break;
    used += n;
    dentry = parent;
  }
  return used;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task, pid_t old, struct linux_binprm *bprm) {
  if (!in_scope()) return 0;
  __u32 zero = 0;
  struct exec_record *r = bpf_map_lookup_elem(&scratch, &zero);
  if (!r) return 0;
  fill_head(&r->head, RECORD_EXEC, 0, 0);
  fill_current(&r->head);
  r->parent = task->real_parent->tgid;
  r->uid = task->cred->euid.val;
  bpf_get_current_comm(r->comm, sizeof(r->comm));
  __u32 used = path_components(&bprm->file->f_path, r->bytes, &r->path_cut);
  if (used > PATH_BYTES + 255) used = PATH_BYTES + 255;
  r->path_length = used;
  struct mm_struct *mm = task->mm;
  unsigned long start = mm->arg_start;
  unsigned long length = mm->arg_end - start;
  if (length > ARGUMENT_BYTES) length = ARGUMENT_BYTES;
  if (bpf_probe_read_user(r->bytes + used, length, (void *)start)) length = 0;
  r->argument_length = length;
  __u32 size = __builtin_offsetof(struct exec_record, bytes) + used + length;
  if (size > sizeof(*r)) size = sizeof(*r);
  if (bpf_ringbuf_output(&ring, r, size, BPF_RB_NO_WAKEUP)) count_lost(RECORD_EXEC);
  return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(process_fork, struct task_struct *parent, struct task_struct *child) {
  if (child->pid != child->tgid || !in_scope()) return 0; /* a thread, or a stranger's child */
  follow(child->tgid);
  if (parent->tgid == settings.own_pid) return 0; /* the application, which is not itself before its exec */
  struct task_record *r = RESERVE(struct task_record, RECORD_FORK);
  if (!r) return 0;
  fill_head(&r->head, RECORD_FORK, 0, 0);
  r->head.pid = child->tgid;
  r->head.started = child->start_boottime;
  r->parent = parent->tgid;
  r->uid = child->cred->euid.val;
  r->code = r->pad = 0;
  bpf_get_current_comm(r->comm, sizeof(r->comm));
  SUBMIT(r);
  return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(process_exit, struct task_struct *task) {
  if (answers_due) answer_taken(); /* a thread that was killed within its call never returns from it */
  if (task->signal->live.counter || !in_scope()) return 0; /* other threads go on */
  unfollow(task->tgid);
  struct task_record *r = RESERVE(struct task_record, RECORD_EXIT);
  if (!r) return 0;
  fill_head(&r->head, RECORD_EXIT, 0, 0);
  fill_current(&r->head);
  r->parent = 0;
  r->uid = task->cred->euid.val; /* both may have changed since the exec */
  r->code = task->exit_code;
  r->pad = 0;
  bpf_probe_read_kernel(r->comm, sizeof(r->comm), task->group_leader->comm);
  SUBMIT(r);
  return 0;
}

#endif
