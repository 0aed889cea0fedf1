import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { EventDocument, WatchDocument } from "../../../src/model/documents/event.ts";
import { inWorld, portolan } from "../made-up-world.ts";
import { EVERYTHING } from "./scene.ts";

/** Runs `watch WORDS` on the scene, for a moment: all of it has happened when the watch begins. */
async function watch(...words: string[]) {
  const degradations = [{ what: "names: nobody answers", remedy: "sudo ./portolan ls" }];
  const world = inWorld({ steps: [{ events: EVERYTHING }], degradations });
  return portolan(["watch", ...words, "--for", "10ms", ...world]);
}

/** Lines of text without the moment at which the watch began, which is the time of what it found open. */
function timeless(text: string): string {
  return text.replace(/^\S+Z(?= {2}(open|process) )/gm, "T".repeat(24));
}

function validator(name: string) {
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/ } });
  return ajv.compile(JSON.parse(readFileSync(new URL(`../../../docs/schema/${name}.json`, import.meta.url), "utf8")));
}

describe("text", () => {
  test.each([
    ["plain", []],
    ["verbose", ["-v"]],
    ["tcp-443", ["tcp", ":443"]],
  ])("reads as it always did: %s", async (name, words) => {
    const { status, stdout } = await watch(...words);
    expect(status).toBe(0);
    await expect(timeless(stdout)).toMatchFileSnapshot(`./texts/${name}.txt`);
  });

  test("holds nothing that a terminal obeys", async () => {
    const { stdout, stderr } = await watch("-v");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(stdout + stderr).not.toMatch(/(?!\n)[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test("says on stderr what is left out, that it began, and how it went", async () => {
    const { stderr } = await watch(":443", "tcp");
    expect(stderr.replace(/for [\d.]+ s/, "for T")).toBe(
      [
        "Left out: names; to get it: sudo ./portolan watch :443 tcp",
        "  names: nobody answers.",
        "portolan: watching :443 tcp (collector: scripted): 2 sockets open now. Ctrl+C ends.",
        "Watched :443 tcp for T (collector: scripted): 1 opened, 1 closed, 1 failed. May have missed: the ring buffer was full: connections were lost (23 lost).",
        "",
      ].join("\n"),
    );
  });

  test("says that nothing is open, and nothing lost", async () => {
    const { stdout, stderr } = await portolan(["watch", ":1", "--for", "10ms", ...inWorld({ steps: [] })]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/watching :1 \(collector: scripted\): nothing is open there now\. Ctrl\+C ends\.\n/);
    expect(stderr).toMatch(/0 opened, 0 closed, 0 failed\. Complete: nothing was lost\.\n$/);
  });
});

describe("--ndjson", () => {
  test("is a document a line, each of which its schema accepts", async () => {
    const { stdout } = await watch("--ndjson", "-v");
    const validate = validator("portolan.event.1");
    const documents: EventDocument[] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const document of documents)
      expect(validate(document), JSON.stringify([document, validate.errors])).toBe(true);
    expect(stdout.startsWith('{"schema":"portolan.event/1","host":')).toBe(true);
    const text = (await watch("-v")).stdout.split("\n").filter((line) => /^\S/.test(line));
    expect(documents.map(({ event }) => event)).toEqual(text.map((line) => line.split(/ +/)[1]));
  });

  test("names the socket alike from its beginning to its end, with what is known by then", async () => {
    const { stdout } = await watch("--ndjson");
    const documents: EventDocument[] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const of = (socket: string) => documents.filter((document) => document.socket === socket);
    expect(of("short")).toMatchObject([
      { event: "inbound", at: "2026-11-23T09:00:02.000000Z", direction: "inbound", state: "ESTABLISHED" },
      { event: "close", durationSeconds: 0.25, bytesIn: 11, bytesOut: 13, startedAt: "2026-11-23T09:00:02.000000Z" },
    ]);
    expect(of("old")).toMatchObject([{ event: "open", direction: "inbound" }]);
    expect(of("old")[0]).not.toHaveProperty("startedAt");
    expect(of("try")).toMatchObject([
      { event: "attempt", state: "SYN_SENT" },
      { event: "failed", error: "ETIMEDOUT" },
    ]);
    expect(of("try")[1]).not.toHaveProperty("state");
    expect(of("dns")).toMatchObject([
      { event: "listen", portChosenBy: "system" },
      { event: "close", state: "BOUND" },
    ]);
    expect(documents.find(({ event }) => event === "gap")).toMatchObject({ gap: { lost: 23 } });
    expect(documents.find(({ event }) => event === "bind-failed")).not.toHaveProperty("networkNamespace");
  });
});

test("--json is one document that its schema accepts, one event a line", async () => {
  const { stdout } = await watch("--json", ":443");
  const document: WatchDocument = JSON.parse(stdout);
  const validate = validator("portolan.watch.1");
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({
    filters: [":443"],
    collector: "scripted",
    found: 2,
    opened: 1,
    closed: 1,
    failed: 1,
  });
  expect(document).toMatchObject({
    complete: false,
    gaps: [{ lost: 23 }],
    degradations: [{ what: "names: nobody answers", remedy: "sudo ./portolan watch :443" }],
  });
  expect(document.events.map(({ event }) => event)).toEqual(["open", "open", "inbound", "close", "bind-failed", "gap"]);
  expect(stdout.split("\n")).toHaveLength(document.events.length + 3);
});

test("--json of nothing is a whole document", async () => {
  const { stdout } = await portolan(["watch", "--json", "--for", "10ms", ...inWorld({ steps: [] })]);
  expect(JSON.parse(stdout)).toMatchObject({ events: [], complete: true, filters: [] });
});

test("--csv is a row an event, and shows no name that a terminal would obey", async () => {
  const { stdout } = await watch("--csv");
  const rows = stdout.trimEnd().split("\r\n");
  expect(rows[0]).toBe(
    "at,event,socket,protocol,state,local_address,local_port,remote_address,remote_port,network_namespace,application,pids,names,executables,users,units,evidence,error,bytes_in,bytes_out,duration_seconds,gap,lost",
  );
  expect(new Set(rows.map((row) => row.replace(/"[^"]*"/g, "").split(",").length))).toEqual(new Set([23]));
  expect(rows.find((row) => row.includes("short,") && row.includes("close"))).toBe(
    "2026-11-23T09:00:02.250000Z,close,short,tcp,ESTABLISHED,10.0.0.1,443,10.0.0.8,51001,1,nginx,100,nginx,/usr/sbin/nginx,root,nginx.service,accept,,11,13,0.25,,",
  );
  expect(rows.find((row) => row.includes("Z,gap,"))).toMatch(
    /Z,gap,{20}the ring buffer was full: connections were lost,23$/,
  );
  expect(stdout).toContain("\\x1b[2J\\u{202e}evil");
});
