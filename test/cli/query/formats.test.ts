import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Output } from "../../../src/cli/output.ts";
import { writeCsv } from "../../../src/cli/query/csv.ts";
import { portLine, writeJson } from "../../../src/cli/query/json.ts";
import { progressText, queryLine } from "../../../src/cli/query/progress.ts";
import { serve } from "../../probe/talk/server.ts";
import { portolan } from "../made-up-world.ts";
import { answer, OPEN, result } from "./answers.ts";

function validator(name: string) {
  const ajv = new Ajv2020({ strict: true });
  return ajv.compile(JSON.parse(readFileSync(new URL(`../../../docs/schema/${name}.json`, import.meta.url), "utf8")));
}

function written(write: (output: Output) => void): string {
  let text = "";
  write({ columns: undefined, colour: false, write: (more) => (text += more) });
  return text;
}

const probed = result(22, {
  ...OPEN,
  answer: { protocol: "ssh", fields: { software: 'Open"SSH', list: [1, true, { a: "\x1b[2J" }] }, text: "=1+1\n" },
});

describe("--json", () => {
  test("is one document, as the schema has it", () => {
    const text = written((output) => writeJson(answer([probed, result(80)]), output));
    const document = JSON.parse(text);
    const validate = validator("portolan.query.1");
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document).toEqual({
      schema: "portolan.query/1",
      target: { address: "192.0.2.1" },
      ports: [
        { ...OPEN, protocol: "tcp", port: 22, service: "ssh", milliseconds: 0.123, answer: probed.answer },
        { protocol: "tcp", port: 80, service: "http", verdict: "not-listening", reason: "reset", milliseconds: 0.123 },
      ],
    });
    expect(text.startsWith('{"schema":"portolan.query/1","target":')).toBe(true);
    expect(text).not.toContain("\x1b");
  });

  test("tells of an interruption, and of several addresses", () => {
    const target = { name: "both", address: "::1", addresses: ["::1", "127.0.0.1"] };
    const interrupted = answer([probed], { target, interrupted: true, unknown: 23 });
    const document = JSON.parse(written((output) => writeJson(interrupted, output)));
    const validate = validator("portolan.query.1");
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document).toMatchObject({ target, interrupted: true, unknown: 23, ports: [{ port: 22, address: "::1" }] });
  });
});

test("--ndjson has a line for each port, as the schema has it", () => {
  const { portDocument, target } = answer([]);
  const line = portLine(portDocument(probed), target);
  const validate = validator("portolan.query-port.1");
  expect(validate(JSON.parse(line)), JSON.stringify(validate.errors)).toBe(true);
  expect(line).toMatch(
    /^\{"schema":"portolan.query-port\/1","target":\{"address":"192.0.2.1"\},"protocol":"tcp".*\}\n$/,
  );
});

test("--csv has a row for each port, and no formula", () => {
  expect(written((output) => writeCsv(answer([probed, result(80)]), output)).split("\r\n")).toEqual([
    "address,protocol,port,service,verdict,reason,milliseconds,answer_protocol,answer_fields,answer_text",
    "192.0.2.1,tcp,22,ssh,listening,connected,0.123,ssh," +
      '"{""software"":""Open\\""SSH"",""list"":[1,true,{""a"":""\\u001b[2J""}]}",\'=1+1\\x0a',
    "192.0.2.1,tcp,80,http,not-listening,reset,0.123,,,",
    "",
  ]);
});

describe("the progress line", () => {
  const progress = { address: "192.0.2.1", total: 65_535, known: 1_203, listening: 3, seconds: 12.4 };

  test("says how far it is, and how to end", () => {
    expect(progressText(progress)).toBe(
      "12 s · 1,203 of 65,535 ports of 192.0.2.1 known · 3 listening · Ctrl+C shows what is known",
    );
  });

  test("is on terminals only, not before a second has passed, and leaves nothing behind", () => {
    expect(queryLine({ columns: undefined, colour: false, write: () => {} })).toBeUndefined();
    const text = written((output) => {
      const line = queryLine({ ...output, columns: 40 });
      line?.show({ ...progress, seconds: 0.9 });
      line?.clear();
    });
    expect(text).toBe("");
    const shown = written((output) => {
      const line = queryLine({ ...output, columns: 40 });
      line?.show(progress);
      line?.clear();
    });
    expect(shown).toBe("\r\x1b[K12 s · 1,203 of 65,535 ports of 192.0.…\r\x1b[K");
  });
});

describe("the command line", () => {
  test("ends with 0 when the port listens, and with 1 when it does not", async () => {
    const port = await serve(() => {});
    const { status, stdout, stderr } = await portolan(["query", "127.0.0.1", "--no-reverse", "-e", String(port)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      new RegExp(`^tcp ${port}( \\(\\S+\\))? of 127\\.0\\.0\\.1 is listening: connected \\(\\S+ ms\\)\\n$`),
    );
    const refused = await portolan(["query", "127.0.0.1", "--json", "-e", "1"]);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout).ports).toMatchObject([{ port: 1, service: "tcpmux", verdict: "not-listening" }]);
  });

  test.each([
    [["query"], "missing-host: query needs a host"],
    [["query", "localhost", "80"], "./portolan query localhost -e 80"],
    [["query", "localhost", "again"], "./portolan query --help"],
    [["query", "localhost", "-p", "sctp"], "./portolan query localhost -p both"],
    [["query", "localhost", "--rate", "0"], "./portolan query localhost --rate 100"],
    [["query", "localhost", "--rate", "fast"], "./portolan query localhost --rate 100"],
    [["query", "localhost", "--source-port", "0"], "./portolan query localhost --source-port 2030"],
    [["query", "localhost", "-e", "1", "-o", "1,2"], "./portolan query localhost -r 1:1024"],
    [["query", "localhost", "--json", "--csv"], "./portolan query --json"],
    [["query", "localhost", "-e"], "./portolan query --help"],
  ])("%j is a usage problem", async (argv, expected) => {
    const { status, stdout, stderr } = await portolan(argv);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toContain(expected.replace("missing-host: ", ""));
  });

  test("a name that nobody knows is told, with 65", async () => {
    const { status, stderr } = await portolan(["query", "no-such-host.invalid"]);
    expect(status).toBe(65);
    expect(stderr).toContain("portolan: the name no-such-host.invalid cannot be resolved\n");
  });

  test("--help says whom one may ask", async () => {
    const { status, stdout } = await portolan(["query", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Query only computers that\s+you are allowed to query/);
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});
