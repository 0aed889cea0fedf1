import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Stage } from "../stage.ts";
import { Tally } from "./tally.ts";

/**
 * Passes every connection to `port` on to `target` and counts its payload on the way, for programs that do not count
 * their own. `front` counts the side that connected, `back` the side that was connected to.
 */
export async function relay(stage: Stage, port: number, target: number): Promise<{ front: Tally; back: Tally }> {
  const [front, back] = [new Tally(), new Tally()];
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = connect({ port: target, host: "127.0.0.1", allowHalfOpen: true });
    front.add(incoming);
    back.add(outgoing);
    incoming.pipe(outgoing);
    outgoing.pipe(incoming);
    incoming.on("error", () => outgoing.destroy());
    outgoing.on("error", () => incoming.destroy());
    stage.atEnd(() => {
      incoming.destroy();
      outgoing.destroy();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  stage.atEnd(() => {
    server.close();
  });
  return { front, back };
}
