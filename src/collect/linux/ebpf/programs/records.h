/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What the programs hand to the collector: the layouts of ring records, iterator records and map entries.
 * records.gen.ts is made from this file (scripts/bpf.ts), so each struct holds only fixed-width fields, and every
 * hole is spelled out. Addresses are 16 bytes in network order, an IPv4 address in the first four of them.
 * Times are nanoseconds since boot (CLOCK_BOOTTIME). Ports are in host order.
 */
#ifndef PORTOLAN_RECORDS_H
#define PORTOLAN_RECORDS_H

enum record_kind {
  RECORD_LISTEN = 1,
  RECORD_UNLISTEN = 2,
  RECORD_FLOW = 3,
  RECORD_ACCEPT = 4,
  RECORD_BIND_FAILED = 5,
  RECORD_CONNECT_FAILED = 6,
  RECORD_UDP_CLOSE = 7,
  RECORD_DNS = 8,
  RECORD_EXEC = 9,
  RECORD_FORK = 10,
  RECORD_EXIT = 11,
  RECORD_KINDS = 12,
};

/* Every record begins with this. The process is the one the record is about. */
struct head {
  __u16 kind;
  __u8 protocol; /* IPPROTO_TCP or IPPROTO_UDP */
  __u8 family;   /* AF_INET or AF_INET6 */
  __u32 pid;     /* thread group id in the initial pid namespace; 0: unknown */
  __u64 at;
  __u64 started; /* start_boottime of the thread group's leader */
};

enum flow_flags {
  FLOW_INBOUND = 1,
  FLOW_ESTABLISHED = 2,
  FLOW_ENDED = 4,
  FLOW_LATE = 8, /* was open before the collector came */
  FLOW_ACCEPTED = 16, /* the process is the one whose accept returned it */
  FLOW_USED = 32, /* no accept was seen: the process is the one that closed it */
};

/* RECORD_LISTEN, RECORD_UNLISTEN, RECORD_FLOW: one socket. */
struct sock_record {
  struct head head;
  __u64 identity; /* among open sockets: the address of a TCP socket, the cookie of a UDP one (0: it never had one) */
  __u64 cookie;   /* of a TCP socket of which another record may speak after its end; else 0 */
  __u8 laddr[16];
  __u8 raddr[16];
  __u16 lport;
  __u16 rport;
  __u32 netns;
  __s32 ifindex;
  __s32 stack; /* id in the stacks map; negative: none */
  __u64 opened;
  __u64 bytes_in;
  __u64 bytes_out;
  __u16 error; /* errno */
  __u8 flags;
  __u8 state;
  __u8 port_chosen; /* 0 unknown, 1 by the application, 2 by the system */
  __u8 pad[3];
};

/* RECORD_ACCEPT: accept returned a connection that had closed by then. RECORD_UDP_CLOSE: a UDP socket went away. */
struct cookie_record {
  struct head head;
  __u64 cookie;
};

/* RECORD_BIND_FAILED, RECORD_CONNECT_FAILED: the address that was asked for. */
struct failed_record {
  struct head head;
  __u8 addr[16];
  __u16 port;
  __u16 error;
  __u32 netns;
  __u64 cookie; /* 0: the socket never had one */
};

/* RECORD_DNS: a DNS answer as it arrived; `length` bytes of it follow (at most DNS_BYTES). */
#define DNS_BYTES 512
struct dns_record {
  struct head head;
  __u32 length; /* of the answer on the wire */
  __u32 kept;
  __u8 bytes[DNS_BYTES];
};

/* RECORD_EXEC: components of the path, leaf first, each ended by NUL; then the arguments as the kernel laid them out. */
#define PATH_BYTES 1024
#define ARGUMENT_BYTES 2048
struct exec_record {
  struct head head;
  __u32 parent;
  __u32 uid;
  __u8 comm[16];
  __u32 path_length;
  __u32 argument_length;
  __u32 path_cut; /* the path is longer: its first components are missing */
  __u32 pad;
  __u8 bytes[PATH_BYTES + 256 + ARGUMENT_BYTES];
};

/* RECORD_FORK: the process in the head was born of `parent`. RECORD_EXIT: it ended. */
struct task_record {
  struct head head;
  __u32 parent;
  __u32 uid;
  __u32 code;
  __u32 pad;
  __u8 comm[16];
};

/* One UDP exchange within a sweep: the key and value of the udp maps. */
struct udp_key {
  __u64 cookie;
  __u8 raddr[16];
  __u16 rport;
  __u8 family;
  __u8 pad[5];
};
struct udp_value {
  __u64 first;
  __u64 last;
  __u64 started;
  __u64 bytes_in;
  __u64 bytes_out;
  __u32 packets_in;
  __u32 packets_out;
  __u32 pid;
  __u32 netns;
  __s32 ifindex;
  __u16 lport;
  __u8 inbound; /* the first datagram came in */
  __u8 family;  /* of the socket */
  __u8 laddr[16];
  __u8 port_chosen; /* as in sock_record */
  __u8 pad[7];
};

/* The key and value of the links map: an interface of a network namespace, and its name, ended by NUL. */
struct link_key {
  __u32 netns;
  __s32 ifindex;
};
struct link_value {
  __u8 name[16];
};

/* What was lost, by reason: indexes of the lost map, one slot for each record kind, then these. */
enum lost_reason {
  LOST_UDP = RECORD_KINDS,     /* datagrams that found the udp map full */
  LOST_TRACK = RECORD_KINDS + 1, /* sockets that could not be given storage */
  LOST_SCOPE = RECORD_KINDS + 2, /* processes that found the scope map full */
  LOST_ENDS = RECORD_KINDS + 3,  /* ends of connections that a sweep had told as open */
  LOST_REASONS = RECORD_KINDS + 4,
};

/* What the collector decides before it loads a capture; constant for the programs, so that the verifier prunes by it. */
struct settings {
  __u64 cgroup;         /* cgroup v2 id of the scope; 0: by process only */
  __s32 level;          /* depth of that cgroup below the root */
  __u32 own_pid;        /* the collector's own: never followed */
  __u8 whole_machine;
  __u8 have_lengths;    /* the length tracepoints are attached; else the cgroup hooks count datagrams */
  __u8 pad[6];
};

enum sweep {
  SWEEP_SLICE = 4096, /* records that one run of sweep_flows writes at most */
  SWEEP_FIRST = 2,
};

/* What sweep_flows is given, and gives back. */
struct sweep_request {
  __u32 number; /* of the sweep, counted up from SWEEP_FIRST; the same for each slice of it */
  __u32 count;  /* how many records the slice wrote to the swept map; where that is full, there may be another slice */
};

enum hold {
  HOLD_NONE = 0,   /* no struct socket: TIME_WAIT, orphans, not yet accepted */
  HOLD_FILE = 1,   /* an open file, whoever holds that */
  HOLD_KERNEL = 2, /* a socket without a file: the kernel's own */
  HOLD_BEHIND = 3, /* no socket to be shown: the process holds the one that is listed with this inode */
};

/* One socket of a snapshot, with the process that holds it; pid 0 where none does. */
struct snapshot_record {
  __u64 inode;
  __u32 pid;
  __u32 netns;
  __u8 laddr[16];
  __u8 raddr[16];
  __u16 lport;
  __u16 rport;
  __s32 ifindex;
  __u8 family;
  __u8 protocol;
  __u8 state;
  __u8 hold; /* enum hold */
  __u32 pad;
};

#endif
