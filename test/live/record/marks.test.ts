import { expect, it } from "vitest";
import { openReader } from "../../../src/store/open.ts";
import { lack } from "../machine.ts";
import { launcher } from "../observer.ts";
import { stages } from "../staged.ts";
import { until } from "../until.ts";

const reason = lack();
const stage = stages();

it("a mark that is sent to the recorder is in the record", async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const store = here.path("portolan.db");
  const recorder = here.beside([launcher, "record", "--store", store]);
  await until("the recorder", () => recorder.stderr.includes('"event":"ready"'), 30_000);
  const mark = here.beside([launcher, "mark", "--to", String(recorder.pid), "Sync now"]);
  mark.input.end();
  expect(await mark.ended()).toMatchObject({ status: 0 });
  process.kill(recorder.pid, "SIGTERM");
  expect(await recorder.ended()).toMatchObject({ status: 0 });
  const reader = await openReader(store);
  try {
    expect((await reader.marks({})).map(({ text }) => text)).toEqual(["Sync now"]);
  } finally {
    await reader.close();
  }
});
