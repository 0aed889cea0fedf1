import type { Micros } from "./time.ts";

/** An interval in which something may have been missed, with the reason and, where it is known, how much. */
export type Gap = { from: Micros; until: Micros; reason: string; lost?: number };

/** A part that this machine or this user does not give, and the command that brings it. It is no gap by itself. */
export type Degradation = { what: string; remedy?: string };
