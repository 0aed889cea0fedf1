/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* DNS answers as they come in: datagrams from port 53, whole up to DNS_BYTES. */
#ifndef PORTOLAN_DNS_H
#define PORTOLAN_DNS_H

SEC("cgroup_skb/ingress")
int dns_answer(struct __sk_buff *skb) {
  __u8 ip[40]; /* the longer of both fixed headers: RFC 791, RFC 8200 */
  if (bpf_skb_load_bytes(skb, 0, ip, 20)) return 1;
  __u32 at;
  __u8 family;
  if (ip[0] >> 4 == 4) {
    if (ip[9] != IPPROTO_UDP) return 1;
    at = (ip[0] & 15) * 4;
    family = AF_INET;
  } else {
    if (ip[6] != IPPROTO_UDP) return 1;
    at = 40;
    family = AF_INET6;
  }
  __u8 udp[8]; /* RFC 768 */
  if (bpf_skb_load_bytes(skb, at, udp, sizeof(udp))) return 1;
  if (udp[0] != 0 || udp[1] != 53) return 1;
  at += sizeof(udp);
  __u32 length = skb->len;
  if (length <= at) return 1;
  length -= at;
  struct dns_record *r = RESERVE(struct dns_record, RECORD_DNS);
  if (!r) return 1;
  fill_head(&r->head, RECORD_DNS, IPPROTO_UDP, family);
  r->head.pid = 0; /* softirq: whoever runs is not whoever asked */
  r->head.started = 0;
  r->length = length;
  __u32 kept = length < DNS_BYTES ? length : DNS_BYTES;
  r->kept = kept;
  if (kept < 1 || kept > DNS_BYTES || bpf_skb_load_bytes(skb, at, r->bytes, kept)) {
    bpf_ringbuf_discard(r, BPF_RB_NO_WAKEUP);
    return 1;
  }
  SUBMIT(r);
  return 1;
}

#endif
