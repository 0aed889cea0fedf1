import { afterEach } from "vitest";
import type { Observer } from "./observer.ts";
import { portolan } from "./observer.ts";
import { Stage } from "./stage.ts";

/** Gives stages to the tests of a file, and strikes each one after its test. */
export function stages(): (observer?: Observer) => Stage {
  const open: Stage[] = [];
  afterEach(async () => {
    for (const stage of open.splice(0)) await stage.strike();
  });
  return (observer = portolan) => {
    const stage = new Stage(observer);
    open.push(stage);
    return stage;
  };
}
