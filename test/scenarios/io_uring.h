// What the scenarios over io_uring need: a ring that does one operation after the other. It is written against the system
// calls (io_uring_setup(2), io_uring_enter(2)), because not every machine has a library for them.
#ifndef IO_URING_H
#define IO_URING_H
// First, because it chooses which declarations the system's headers give.
#include "scenario.h"

#include <linux/io_uring.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

// include/uapi/linux/io_uring.h, since Linux 6.11: newer than the headers of some systems.
#define RING_BIND 56
#define RING_LISTEN 57

struct ring {
  int fd;
  unsigned *sq_tail, *cq_head, *cq_tail;
  unsigned sq_mask, cq_mask, *sq_array;
  struct io_uring_sqe *sqes;
  struct io_uring_cqe *cqes;
};

MAYBE void *ring_part(int fd, size_t size, off_t offset) {
  void *part = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, offset);
  if (part == MAP_FAILED) give_up("mmap of a ring");
  return part;
}

// Ends the scenario as not applicable where the system has no io_uring.
MAYBE struct ring new_ring(void) {
  struct io_uring_params p = {0};
  struct ring ring = {.fd = syscall(SYS_io_uring_setup, 64, &p)};
  if (ring.fd < 0) not_applicable(errno == ENOSYS ? "this kernel has no io_uring" : "io_uring is refused here");
  char *sq = ring_part(ring.fd, p.sq_off.array + p.sq_entries * sizeof(unsigned), IORING_OFF_SQ_RING);
  char *cq = ring_part(ring.fd, p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
  ring.sqes = ring_part(ring.fd, p.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
  ring.sq_tail = (unsigned *)(sq + p.sq_off.tail);
  ring.sq_array = (unsigned *)(sq + p.sq_off.array);
  ring.sq_mask = *(unsigned *)(sq + p.sq_off.ring_mask);
  ring.cq_head = (unsigned *)(cq + p.cq_off.head);
  ring.cq_tail = (unsigned *)(cq + p.cq_off.tail);
  ring.cq_mask = *(unsigned *)(cq + p.cq_off.ring_mask);
  ring.cqes = (struct io_uring_cqe *)(cq + p.cq_off.cqes);
  return ring;
}

MAYBE void ring_submit(struct ring *ring, struct io_uring_sqe sqe) {
  unsigned tail = *ring->sq_tail;
  ring->sqes[tail & ring->sq_mask] = sqe;
  ring->sq_array[tail & ring->sq_mask] = tail & ring->sq_mask;
  __atomic_store_n(ring->sq_tail, tail + 1, __ATOMIC_RELEASE);
  must(syscall(SYS_io_uring_enter, ring->fd, 1, 0, 0, NULL, 0), "io_uring_enter");
}

// The result of the next operation that ends: an errno when negative, as in the kernel.
MAYBE int ring_result(struct ring *ring) {
  waiting_for = "an operation of io_uring";
  unsigned head = *ring->cq_head;
  while (head == __atomic_load_n(ring->cq_tail, __ATOMIC_ACQUIRE)) {
    must(syscall(SYS_io_uring_enter, ring->fd, 0, 1, IORING_ENTER_GETEVENTS, NULL, 0), "io_uring_enter");
  }
  int result = ring->cqes[head & ring->cq_mask].res;
  __atomic_store_n(ring->cq_head, head + 1, __ATOMIC_RELEASE);
  return result;
}

MAYBE int ring_do(struct ring *ring, struct io_uring_sqe sqe) {
  ring_submit(ring, sqe);
  return ring_result(ring);
}

MAYBE int ring_must(struct ring *ring, struct io_uring_sqe sqe, const char *what) {
  int result = ring_do(ring, sqe);
  if (result < 0) errno = -result;
  return must(result < 0 ? -1 : result, what);
}

MAYBE int ring_connect(struct ring *ring, int fd, const struct sockaddr_in *address) {
  struct io_uring_sqe sqe = {.opcode = IORING_OP_CONNECT, .fd = fd, .addr = (uintptr_t)address, .off = sizeof *address};
  return ring_do(ring, sqe);
}

// Sends and receives so few bytes that they are never cut.
MAYBE void ring_send(struct ring *ring, int fd, int count) {
  static char payload[1000];
  struct io_uring_sqe sqe = {.opcode = IORING_OP_SEND, .fd = fd, .addr = (uintptr_t)payload, .len = count};
  errno = 0;
  if (ring_must(ring, sqe, "send over io_uring") != count) give_up("send over io_uring");
}

MAYBE void ring_receive(struct ring *ring, int fd, int count) {
  static char payload[1000];
  struct io_uring_sqe sqe = {.opcode = IORING_OP_RECV, .fd = fd, .addr = (uintptr_t)payload, .len = count};
  sqe.msg_flags = MSG_WAITALL;
  errno = 0;
  if (ring_must(ring, sqe, "recv over io_uring") != count) give_up("recv over io_uring");
}

#endif
