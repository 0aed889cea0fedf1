import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** TigerVNC with a screen that everybody may see, or for which a password is wanted. */
export function xvnc(island: Island, security: "None" | "VncAuth"): void {
  const words = [":7", "-rfbport", "5900", "-SecurityTypes", security, "-localhost", "-geometry", "64x48"];
  const password = ["-rfbauth", "/dev/null"];
  // Of the sockets of X it needs one; one that is a file would be seen by everybody.
  const sockets = ["-listen", "tcp", "-nolisten", "unix", "-nolisten", "local"];
  island.start([program("Xtigervnc"), ...words, ...password, ...sockets]);
}
