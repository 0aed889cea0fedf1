import { program } from "../../machine.ts";
import { type Island, OWN } from "../island.ts";

/** redis-server, which lets in whoever comes from this machine, or `password` alone. */
export function redis(island: Island, password?: string): void {
  const options = {
    ...{ port: "6379", bind: `127.0.0.1 ${OWN}`, dir: island.stage.directory, save: "" },
    ...(password !== undefined && { requirepass: password }),
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  island.start([program("redis-server"), ...words]);
}
