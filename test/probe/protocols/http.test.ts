import { describe, expect, test } from "vitest";
import type { ProbeContext } from "../../../src/probe/protocol.ts";
import { http } from "../../../src/probe/protocols/http.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

function host(changed: Partial<ProbeContext>): string | undefined {
  return /^Host: (.*)\r$/m.exec(Buffer.from(conversationOf(http, changed).first ?? []).toString())?.[1];
}

test("the host is named as the target was, with its port where it is not the usual one", () => {
  expect(host({ name: "harbour.test", port: 80 })).toBe("harbour.test");
  expect(host({ name: "harbour.test", port: 8080 })).toBe("harbour.test:8080");
  expect(host({ address: "fe80::1%eth0", port: 80 })).toBe("[fe80::1]");
});

describe("nginx answers", () => {
  test("with its page's title", () => {
    const { answer } = converse(http, recorded("http-tcp-nginx"));
    expect(answer?.fields).toMatchObject({ version: "1.1", status: 200, reason: "OK", title: "Harbour office" });
    expect(answer?.fields.server).toMatch(/^nginx\//);
    expect(answer?.text?.split("\n")[0]).toBe("HTTP/1.1 200 OK");
  });

  test("or sends elsewhere", () => {
    const { answer } = converse(http, recorded("http-tcp-nginx-elsewhere"));
    expect(answer?.fields).toMatchObject({ status: 301, location: "http://harbour.test/" });
  });
});

const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

describe("a title", () => {
  test("is read out of chunks, on one line, and bounded", () => {
    const page = `<html><title class="x">\n Pier\t7 \x1b[0m${"g".repeat(300)}</title>`;
    const reply = `${HEAD}Transfer-Encoding: chunked\r\n\r\n${page.length.toString(16)}\r\n${page}\r\n0\r\n\r\n`;
    const title = String(converse(http, [reply]).answer?.fields.title);
    expect(title).toMatch(/^Pier 7 \\x1b\[0mg+$/);
    expect(title.length).toBeLessThan(300);
  });

  test("is not waited for after the page's head, its length, or its last chunk", () => {
    for (const rest of [
      "\r\n<head></head>",
      "Content-Length: 2\r\n\r\nhi",
      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ]) {
      const step = conversationOf(http).next(Buffer.from(HEAD + rest), false);
      expect(step).toMatchObject({ answer: { fields: { status: 200 } } });
    }
  });

  test("is waited for until the server closes, and missed then", () => {
    const reply = Buffer.from(`${HEAD}\r\n<html><titl`);
    expect(conversationOf(http).next(reply, false)).toEqual({ more: true });
    expect(conversationOf(http).next(reply, true)).toMatchObject({ answer: { fields: { status: 200 } } });
  });
});

test("a head that is cut off, or whose lines end in a line feed alone, is read", () => {
  const { answer } = converse(http, ['HTTP/1.0 401 Unauthorized\nWWW-Authenticate: Basic realm="pier"\nServer: x']);
  expect(answer?.fields).toMatchObject({ version: "1.0", status: 401, authenticate: 'Basic realm="pier"' });
});

test("others are foreign", () => {
  expect(converse(http, ["220 harbour\r\n"]).foreign).toBe(true);
  expect(converse(http, ["HTTP/pier\r\n\r\n"]).foreign).toBe(true);
  expect(converse(http, [""]).foreign).toBe(true);
});

hostileServers(http, ["http-tcp-nginx", "http-tcp-nginx-elsewhere"]);
