import { writeSync } from "node:fs";
import { openWriter } from "../../src/store/open.ts";
import { LIFE, MINUTE } from "../contract/store/sample.ts";
import { crashBatch } from "./crash-batch.ts";

// Writes one batch after the other to the record that it is given, from the number that it is given on, until it is
// killed. Says each number once that batch is durable.

const [path, from] = process.argv.slice(2);
const first = Number(from);
const writer = await openWriter(path, { ...LIFE, startedAt: LIFE.startedAt + first * MINUTE });
writeSync(1, "ready\n");
for (let number = first; ; number++) {
  await writer.write(crashBatch(number));
  writeSync(1, `${number}\n`);
}
