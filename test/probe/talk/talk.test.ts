import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { Conversation } from "../../../src/probe/protocol.ts";
import { type TalkOptions, talk } from "../../../src/probe/talk/talk.ts";
import { connected, serve } from "./server.ts";

/** No time is judged: these are long enough for any machine, and short where a test waits for their end. */
const PATIENT: TalkOptions = { tls: false, name: "127.0.0.1", most: 20_000, idle: 20_000 };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytes = (words: string) => Buffer.from(words, "latin1");

/** Asks PING, and takes a line for an answer; what `next` was given is noted. */
function lines(first: string | undefined = "PING\n") {
  const seen: [string, boolean][] = [];
  const conversation: Conversation = {
    ...(first !== undefined && { first: bytes(first) }),
    next(received, ended) {
      const words = text(received);
      seen.push([words, ended]);
      const line = /^(.*)\n/.exec(words)?.[1];
      if (line === "MORE") return { send: bytes("AGAIN\n") };
      if (line !== undefined) return { answer: { protocol: "line", fields: { line } }, goodbye: bytes("QUIT\n") };
      return ended && words !== "" ? { answer: { protocol: "line", fields: { cut: words.length } } } : { more: true };
    },
  };
  return { conversation, seen };
}

async function ask(port: number, conversation: Conversation, options: Partial<TalkOptions> = {}) {
  return talk(await connected(port), conversation, { ...PATIENT, ...options });
}

describe("a conversation", () => {
  test("goes from question to answer, and says goodbye", async () => {
    const heard: string[] = [];
    const ended = Promise.withResolvers<void>();
    const port = await serve((socket) => {
      socket.on("end", () => ended.resolve());
      socket.on("data", (data) => {
        heard.push(text(data));
        socket.write(text(data) === "PING\n" ? "MORE\n" : "PONG\n");
      });
    });
    const { conversation, seen } = lines();
    const { answer, received } = await ask(port, conversation);
    await ended.promise;
    expect(answer).toEqual({ protocol: "line", fields: { line: "PONG" } });
    expect(text(received)).toBe("MORE\nPONG\n");
    // What came before a question is not shown again.
    expect(seen).toEqual([
      ["MORE\n", false],
      ["PONG\n", false],
    ]);
    expect(heard).toEqual(["PING\n", "AGAIN\n", "QUIT\n"]);
  });

  test("bears an answer that comes byte by byte", async () => {
    const answer = `${"slowly ".repeat(53)}\n`;
    const port = await serve((socket) => {
      let at = 0;
      const next = () => socket.write(answer.charAt(at++), () => at < answer.length && setImmediate(next));
      socket.setNoDelay(true);
      next();
    });
    const { conversation } = lines(undefined);
    const outcome = await ask(port, conversation);
    expect(outcome.answer?.fields).toEqual({ line: answer.trimEnd().padEnd(answer.length - 1) });
  });

  test("reads no more of a megabyte of noise than a service has to say", async () => {
    const port = await serve((socket) => socket.write(Buffer.alloc(1 << 20, 0x1b)));
    const { conversation, seen } = lines(undefined);
    const { answer, received } = await ask(port, conversation);
    const [last] = seen.slice(-1);
    expect(last?.[1]).toBe(true);
    expect(answer?.fields.cut).toBeGreaterThanOrEqual(256 << 10);
    expect(answer?.fields.cut).toBeLessThan(512 << 10);
    expect(received).toHaveLength(64 << 10);
    // Each look costs as much as all that is there: there are few of them.
    expect(seen.length).toBeLessThan(1_000);
  });

  test("ends when the server says nothing", async () => {
    const port = await serve(() => {});
    const { conversation, seen } = lines();
    expect(await ask(port, conversation, { idle: 50 })).toEqual({ received: new Uint8Array() });
    expect(seen).toEqual([["", true]]);
  });

  test("ends when the server never comes to an end", async () => {
    const port = await serve((socket) => {
      const timer = setInterval(() => socket.write("x"), 5);
      socket.on("close", () => clearInterval(timer));
    });
    const { conversation } = lines(undefined);
    const { answer } = await ask(port, conversation, { most: 100 });
    expect(answer?.fields.cut).toBeGreaterThan(0);
  });

  test("ends when the server does, with what was said", async () => {
    const port = await serve((socket) => socket.end("half a li"));
    const { conversation } = lines(undefined);
    expect((await ask(port, conversation)).answer?.fields).toEqual({ cut: 9 });
  });

  test("ends when the server resets the connection", async () => {
    const port = await serve((socket) => socket.on("data", () => socket.resetAndDestroy()));
    expect((await ask(port, lines().conversation)).answer).toBeUndefined();
  });

  test("ends with one that only asks", async () => {
    let questions = 0;
    const port = await serve((socket) => socket.on("data", () => socket.write("MORE\n")));
    const { conversation } = lines();
    const counted: Conversation = {
      ...conversation,
      next: (...all) => {
        questions++;
        return conversation.next(...all);
      },
    };
    expect((await ask(port, counted)).answer).toBeUndefined();
    expect(questions).toBeLessThan(100);
  });

  test("ends at once when it is interrupted", async () => {
    const controller = new AbortController();
    const port = await serve((socket: Socket) => socket.on("data", () => controller.abort()));
    const { answer } = await ask(port, lines().conversation, { signal: controller.signal });
    expect(answer).toBeUndefined();
  });
});
