import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { doctor } from "../../src/app/doctor.ts";
import { doctorText } from "../../src/cli/doctor/text.ts";
import type { Readiness } from "../../src/model/interfaces.ts";
import { portolan } from "../cli/made-up-world.ts";

const limits = [{ what: "bytes are not counted", remedy: "sudo ./portolan doctor" }];
const procfs: Readiness = { name: "procfs", ready: true, degradations: limits };
const working: Readiness = { name: "ebpf", ready: true, degradations: [] };
const lacking: Readiness = {
  name: "ebpf",
  ready: false,
  degradations: [
    {
      what: "libbpf.so.1 is not installed, and it is what loads programs into the kernel",
      remedy: "apt-get install libbpf1",
    },
    { what: "\x1b[2Jhostile", remedy: "apt-get install libbpf1" },
  ],
};

async function examined(...collectors: Readiness[]) {
  return doctor("1.2.3", async () => collectors);
}

async function text(...collectors: Readiness[]): Promise<string> {
  const document = { ...(await examined(...collectors)), runtime: "Node.js v24", system: "Linux 6 x64" };
  return doctorText(document, { colour: false });
}

describe("the text", () => {
  test("of a machine where everything works is four lines", async () => {
    expect(await text(working, procfs)).toMatchInlineSnapshot(`
      "Everything works.

        yes  ebpf: sees every connection, however short, with its process
        yes  procfs: reads /proc, without privileges; may miss what is short

      Portolan 1.2.3, Node.js v24, Linux 6 x64
      "
    `);
  });

  test("says what is missing, and what to type", async () => {
    expect(await text(lacking, procfs)).toMatchInlineSnapshot(`
      "Portolan works with limits: procfs instead of ebpf.

        no   ebpf: sees every connection, however short, with its process
             - libbpf.so.1 is not installed, and it is what loads programs into the
               kernel
             - \\x1b[2Jhostile
             type: apt-get install libbpf1
        yes  procfs: reads /proc, without privileges; may miss what is short
             - bytes are not counted

      Portolan 1.2.3, Node.js v24, Linux 6 x64
      "
    `);
  });

  test("says when a part is left out", async () => {
    const partly = {
      ...working,
      degradations: [{ what: "user stacks", remedy: "mount -t tracefs none /sys/kernel/tracing" }],
    };
    expect(await text(partly, procfs)).toMatchInlineSnapshot(`
      "Portolan works, without one part.

        yes  ebpf: sees every connection, however short, with its process
             - user stacks
             type: mount -t tracefs none /sys/kernel/tracing
        yes  procfs: reads /proc, without privileges; may miss what is short

      Portolan 1.2.3, Node.js v24, Linux 6 x64
      "
    `);
  });

  test("says when nothing works", async () => {
    expect(await text(lacking, { ...procfs, ready: false })).toContain("Portolan cannot observe this machine.\n");
  });
});

test("no remedy is to type doctor again", async () => {
  const { collectors } = await examined(procfs);
  expect(collectors[0]?.degradations).toEqual([{ what: "bytes are not counted" }]);
});

test("on this machine, --json is what its schema says, and the status is that something works", async () => {
  const { status, stdout, stderr } = await portolan(["doctor", "--json"]);
  const schema = new URL("../../docs/schema/portolan.doctor.1.json", import.meta.url);
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": true } });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
  expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { collectors } = JSON.parse(stdout);
  expect(collectors.map(({ name }: { name: string }) => name)).toEqual(["ebpf", "procfs"]);
  expect(collectors[1].ready).toBe(true);
});
