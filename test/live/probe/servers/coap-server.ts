import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The example of libcoap, which has a clock. */
export function coapServer(island: Island): void {
  island.start([program("coap-server-notls"), "-A", "127.0.0.1"]);
}
