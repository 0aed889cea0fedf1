/** include/uapi/linux/eventpoll.h */
export const EPOLLIN = 0x1;
export const EPOLLOUT = 0x4;

/**
 * Where the fields of an epoll_event are: `events` is a u32, then comes the u64 of data, of which the file descriptor is
 * the lower half. On x86-64 the structure is packed (EPOLL_PACKED), on arm64 it is not.
 */
export function eventLayout(architecture: NodeJS.Architecture): { size: number; data: number } {
  return architecture === "x64" ? { size: 12, data: 4 } : { size: 16, data: 8 };
}
