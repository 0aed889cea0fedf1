import type { Conversation, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { httpConversation } from "./http.ts";
import { withTls } from "./wire/tls.ts";

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
  tcp: conversation,
};

function conversation(context: ProbeContext): Conversation {
  const inside = httpConversation(context, 443);
  return {
    ...inside,
    next(received, ended, tls) {
      const step = inside.next(received, ended, tls);
      // A server that wants a certificate first, or speaks something else inside TLS, has shown its own all the same.
      if (!("foreign" in step) || tls === undefined) return step;
      return { answer: withTls({ protocol: "tls", fields: {} }, tls) };
    },
  };
}
