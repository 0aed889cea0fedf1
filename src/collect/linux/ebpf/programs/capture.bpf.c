// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* The programs of a capture. Each header holds the hooks of one subject; see docs/ebpf.md for the way of an event. */
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include "records.h"
#include "emit.h"
#include "scope.h"
#include "links.h"
#include "track.h"
#include "tcp.h"
#include "dns.h"
#include "udp.h"
#include "calls.h"
#include "io-uring.h"
#include "process.h"
#include "sweep.h"
#include "seed.h"

char LICENSE[] SEC("license") = "GPL";
