import type { Socket } from "node:net";

/** What a running observation says of itself. */
export type Running = { pid: number; verb: string; application: string };

/** No message is longer, in bytes. */
const LONGEST = 4096;
/** How long the other side may take for a message, in milliseconds. */
const PATIENCE = 5_000;

/**
 * The one line that the other side of `socket` sends, as JSON says it; undefined where it sends none in time, too much, or
 * no JSON. Whatever it is, its shape is the caller's to check.
 */
export function readMessage(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const give = (value: unknown): void => {
      socket.removeAllListeners("data");
      resolve(value);
    };
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on("error", () => give(undefined));
    socket.on("close", () => give(undefined));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      const text = Buffer.concat(chunks).toString("utf8");
      if (text.includes("\n")) give(parsed(text.slice(0, text.indexOf("\n"))));
      else if (size > LONGEST) give(undefined);
    });
  });
}

/** Writes one line, and no more after it. */
export function endWithMessage(socket: Socket, message: object): void {
  socket.end(messageLine(message));
}

export function messageLine(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
