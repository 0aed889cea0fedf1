import type { Protocol } from "../model/endpoint.ts";
import type { Verdict } from "../model/verdict.ts";
import type { ProbeAnswer } from "./protocol.ts";

/** One port of one protocol: what is asked. */
export type Question = { readonly protocol: Protocol; readonly port: number };

/** Which probe a port was asked with, and what chose it: the name of its service, its number, or that neither is known. */
export type ChosenProbe = { readonly name: string; readonly chosenBy: "service" | "port" | "nothing" };

/** What decides about a port, and why. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly reason: string;
  /** This machine itself could not ask: no packet has left it. */
  readonly unsent?: true;
};

/** What is known of a port in the end. */
export type PortResult = Question &
  Judgement & {
    /** From the first packet to what decided. */
    readonly milliseconds: number;
    /** How often it was asked before it answered, or fell under review as silent. */
    readonly tries: number;
    readonly probe?: ChosenProbe;
    readonly answer?: ProbeAnswer;
    /** What came back as it came, bounded, where a probe was sent. */
    readonly received?: Uint8Array;
  };
