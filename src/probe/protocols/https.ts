import type { ProbeProtocol } from "../protocol.ts";
import { httpConversation } from "./http.ts";

/**
 * HTTP inside TLS (RFC 9110 section 4.2.2), with what its certificate says. The interfaces of Docker, Kubernetes and its
 * kubelet are such servers too.
 */
export const https: ProbeProtocol = {
  name: "https",
  services: ["https", "https-alt"],
  ports: [443, 8443, 2376, 6443, 10250].map((port) => ({ protocol: "tcp", port })),
  tls: true,
  // Some servers speak version 2 to whoever does not say what he wants.
  applicationProtocols: ["http/1.1"],
  tcp: (context) => httpConversation(context, 443),
};
