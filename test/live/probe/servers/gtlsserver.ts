import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** The server of HTTP/3 that comes with ngtcp2. */
export function gtlsserver(island: Island): void {
  const { key, made } = certificate(island.stage, "quick.harbour.test");
  island.start([program("gtlsserver"), "--quiet", "127.0.0.1", "443", key, made]);
}
