import { expect, test } from "vitest";
import { rtsp } from "../../../src/probe/protocols/rtsp.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("GStreamer's server tells what it can do", () => {
  const { answer } = converse(rtsp, recorded("rtsp-tcp-gstreamer"));
  expect(answer?.fields).toEqual({
    ...{ version: "1.0", status: 200, reason: "OK", server: "GStreamer RTSP server" },
    methods: expect.stringMatching(/^OPTIONS, DESCRIBE, /),
  });
});

test("the target is named as it was, or by its address", () => {
  const line = (changed: { name?: string; address?: string }) =>
    Buffer.from(conversationOf(rtsp, { port: 554, ...changed }).first ?? [])
      .toString()
      .split("\r\n", 1)[0];
  expect(line({ name: "camera.test" })).toBe("OPTIONS rtsp://camera.test:554/ RTSP/1.0");
  expect(line({ address: "fe80::7%eth0" })).toBe("OPTIONS rtsp://[fe80::7]:554/ RTSP/1.0");
});

test("a camera that wants to know first who asks says how", () => {
  const reply = 'RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Digest realm="quay"\r\n\r\n';
  expect(converse(rtsp, [reply]).answer?.fields).toMatchObject({ status: 401, authenticate: 'Digest realm="quay"' });
});

test("another protocol is foreign", () => {
  expect(converse(rtsp, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileServers(rtsp, ["rtsp-tcp-gstreamer"]);
