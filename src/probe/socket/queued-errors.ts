import { calls } from "./calls.ts";
import { decodeAddress } from "./layout/address.ts";
import { decodeQueuedError, type QueuedError } from "./layout/error-queue.ts";
import { receiveMessage } from "./layout/message.ts";

/** MSG_ERRQUEUE and MSG_DONTWAIT, include/linux/socket.h */
const FLAGS = 0x2000 | 0x40;
/** An error with its offender takes 60 bytes; other options that a socket may have set would stand beside it. */
const CONTROL = 256;

let message: ReturnType<typeof receiveMessage> | undefined;

/** A queued error with the port that had been asked. */
export type PortError = { port: number; error: QueuedError };

/** Takes the oldest error from a socket's queue; undefined where it is empty. */
export function takeError(fd: number): PortError | undefined {
  // What comes as payload is our own packet: nothing of it is of interest.
  message ??= receiveMessage(1, CONTROL);
  message.reset();
  if (calls().recvmsg(fd, message.header, FLAGS) < 0) return undefined;
  const port = decodeAddress(message.name())?.port;
  const error = decodeQueuedError(message.control());
  return port === undefined || error === undefined ? takeError(fd) : { port, error };
}
