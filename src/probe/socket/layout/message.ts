import { addressOf } from "../../../ffi/memory.ts";

/** Bytes for the name of a peer: sockaddr_in6 is the longest that is asked for. */
const NAME = 28;
/** Bytes of a msghdr on a machine of 64 bits, include/linux/socket.h (struct user_msghdr). */
const MSGHDR = 56;

/**
 * Memory for recvmsg(2): `bytes` of payload, `control` bytes of control messages, and the peer's address. The lengths are
 * what the kernel changes, so `reset` comes before every call.
 */
export function receiveMessage(bytes: number, control: number) {
  const name = new Uint8Array(NAME);
  const payload = new Uint8Array(bytes);
  const messages = new Uint8Array(control);
  const vector = new BigUint64Array([addressOf(payload), BigInt(bytes)]);
  const vectorBytes = new Uint8Array(vector.buffer);
  const header = new Uint8Array(MSGHDR);
  const view = new DataView(header.buffer);
  view.setBigUint64(0, addressOf(name), true);
  view.setBigUint64(16, addressOf(vectorBytes), true);
  view.setBigUint64(24, 1n, true);
  view.setBigUint64(32, addressOf(messages), true);
  return {
    /** What recvmsg takes. The others stay referenced from here, because the kernel only has their addresses. */
    header,
    vector,
    reset(): void {
      view.setUint32(8, NAME, true);
      view.setBigUint64(40, BigInt(control), true);
    },
    payload: (length: number): Uint8Array => payload.subarray(0, length),
    name: (): Uint8Array => name.subarray(0, Math.min(NAME, view.getUint32(8, true))),
    control: (): Uint8Array => messages.subarray(0, Math.min(control, Number(view.getBigUint64(40, true)))),
  };
}
