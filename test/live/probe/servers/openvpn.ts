import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { Authority } from "./authority.ts";

/** OpenVPN's server with certificates, and without a key of the network. */
export function openvpn(island: Island, transport: "udp" | "tcp-server"): void {
  const authority = new Authority(island.stage);
  const { key, made } = authority.sign("server", { name: "vpn.harbour.test", days: 23 });
  const proof = ["--ca", authority.file, "--cert", made, "--key", key, "--dh", "none"];
  const words = ["--dev", "null", "--local", "127.0.0.1", "--port", "1194", "--proto", transport, "--tls-server"];
  island.start([program("openvpn"), ...words, ...proof]);
}
