import { report } from "./cli/failure.ts";
import { main } from "./cli/main.ts";
import { processWorld } from "./cli/world.ts";

const world = processWorld();

process.on("uncaughtException", (error) => {
  process.exit(report(error, world));
});

void main(process.argv.slice(2), world).then((status) => {
  process.exitCode = status;
});
