import type { ProbeProtocol } from "./protocol.ts";

/**
 * Every protocol that a probe speaks; of two that claim a service or a port, the first is asked. A new one is a file in
 * `protocols/` and its line here. The engine loads this list when the first port wants a probe, and not before.
 */
export const PROTOCOLS: readonly ProbeProtocol[] = [];
