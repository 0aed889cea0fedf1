import { Problem } from "../../src/model/problem.ts";
import { openReader } from "../../src/store/open.ts";

// Says how many flows the record has that it is given, or why it cannot be read.

const [path] = process.argv.slice(2);
try {
  const reader = await openReader(path);
  process.stdout.write(`${(await reader.flows({ limit: 1009 })).length} flows\n`);
  await reader.close();
} catch (error) {
  process.stdout.write(error instanceof Problem ? `${error.code}\n` : `bug: ${error}\n`);
}
