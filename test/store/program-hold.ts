import { openWriter } from "../../src/store/open.ts";
import { batchOf, flow, LIFE, MINUTE, REDIS } from "../contract/store/sample.ts";

// Writes one flow to the record that it is given, says so, and holds it; closes it on a line of input.

const [path] = process.argv.slice(2);
const writer = await openWriter(path, LIFE);
await writer.write(batchOf(MINUTE, [flow(REDIS, 10, 5)]));
process.stdout.write("held\n");
process.stdin.once("data", async () => {
  await writer.close(LIFE.startedAt + MINUTE);
  process.stdout.write("closed\n");
  process.exit();
});
