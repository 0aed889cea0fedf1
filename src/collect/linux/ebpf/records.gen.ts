// Made by scripts/bpf.ts from programs/records.h: offsets and sizes in bytes. Do not edit.

export const HEAD = {
  size: 24,
  kind: 0,
  protocol: 2,
  family: 3,
  pid: 4,
  at: 8,
  started: 16,
} as const;

export const SOCK_RECORD = {
  size: 120,
  headOffset: 0,
  identity: 24,
  cookie: 32,
  laddr: 40,
  raddr: 56,
  lport: 72,
  rport: 74,
  netns: 76,
  ifindex: 80,
  stack: 84,
  opened: 88,
  bytesIn: 96,
  bytesOut: 104,
  error: 112,
  flags: 114,
  state: 115,
  portChosen: 116,
} as const;

export const COOKIE_RECORD = {
  size: 32,
  headOffset: 0,
  cookie: 24,
} as const;

export const FAILED_RECORD = {
  size: 56,
  headOffset: 0,
  addr: 24,
  port: 40,
  error: 42,
  netns: 44,
  cookie: 48,
} as const;

export const DNS_RECORD = {
  size: 544,
  headOffset: 0,
  length: 24,
  kept: 28,
  bytes: 32,
} as const;

export const EXEC_RECORD = {
  size: 3392,
  headOffset: 0,
  parent: 24,
  uid: 28,
  comm: 32,
  pathLength: 48,
  argumentLength: 52,
  pathCut: 56,
  bytes: 64,
} as const;

export const TASK_RECORD = {
  size: 56,
  headOffset: 0,
  parent: 24,
  uid: 28,
  code: 32,
  comm: 40,
} as const;

export const UDP_KEY = {
  size: 32,
  cookie: 0,
  raddr: 8,
  rport: 24,
  family: 26,
} as const;

export const UDP_VALUE = {
  size: 88,
  first: 0,
  last: 8,
  started: 16,
  bytesIn: 24,
  bytesOut: 32,
  packetsIn: 40,
  packetsOut: 44,
  pid: 48,
  netns: 52,
  ifindex: 56,
  lport: 60,
  inbound: 62,
  family: 63,
  laddr: 64,
  portChosen: 80,
} as const;

export const LINK_KEY = {
  size: 8,
  netns: 0,
  ifindex: 4,
} as const;

export const LINK_VALUE = {
  size: 16,
  name: 0,
} as const;

export const SETTINGS = {
  size: 24,
  cgroup: 0,
  level: 8,
  ownPid: 12,
  wholeMachine: 16,
  haveLengths: 17,
} as const;

export const SWEEP_REQUEST = {
  size: 8,
  number: 0,
  count: 4,
} as const;

export const SNAPSHOT_RECORD = {
  size: 64,
  inode: 0,
  pid: 8,
  netns: 12,
  laddr: 16,
  raddr: 32,
  lport: 48,
  rport: 50,
  ifindex: 52,
  family: 56,
  protocol: 57,
  state: 58,
  hold: 59,
} as const;

export const RECORD_KIND = {
  RECORD_LISTEN: 1,
  RECORD_UNLISTEN: 2,
  RECORD_FLOW: 3,
  RECORD_ACCEPT: 4,
  RECORD_BIND_FAILED: 5,
  RECORD_CONNECT_FAILED: 6,
  RECORD_UDP_CLOSE: 7,
  RECORD_DNS: 8,
  RECORD_EXEC: 9,
  RECORD_FORK: 10,
  RECORD_EXIT: 11,
  RECORD_KINDS: 12,
} as const;

export const FLOW_FLAGS = {
  FLOW_INBOUND: 1,
  FLOW_ESTABLISHED: 2,
  FLOW_ENDED: 4,
  FLOW_LATE: 8,
  FLOW_ACCEPTED: 16,
  FLOW_USED: 32,
} as const;

export const LOST_REASON = {
  LOST_UDP: 12,
  LOST_TRACK: 13,
  LOST_SCOPE: 14,
  LOST_ENDS: 15,
  LOST_REASONS: 16,
} as const;

export const SWEEP = {
  SWEEP_SLICE: 4096,
  SWEEP_FIRST: 2,
} as const;

export const HOLD = {
  HOLD_NONE: 0,
  HOLD_FILE: 1,
  HOLD_KERNEL: 2,
  HOLD_BEHIND: 3,
} as const;
