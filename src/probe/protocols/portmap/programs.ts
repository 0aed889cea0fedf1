import type { FieldValue, ProbeAnswer, ProbeContext } from "../../protocol.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { transaction } from "./call.ts";

const REPLY = 1;
/** Why a call was not carried out (RFC 5531 section 9). */
const REJECTED = 1;
const REFUSALS: { [status: number]: string } = {
  1: "program not available",
  2: "version not available",
  3: "procedure not available",
  4: "arguments not understood",
  5: "system error",
};

/** Programs (IANA, "Remote Procedure Call (RPC) Protocol Numbers") that are common. */
const PROGRAMS: { [program: number]: string } = {
  100000: "portmapper",
  100001: "rstatd",
  100002: "rusersd",
  100003: "nfs",
  100004: "ypserv",
  100005: "mountd",
  100007: "ypbind",
  100008: "walld",
  100011: "rquotad",
  100012: "sprayd",
  100021: "nlockmgr",
  100024: "status",
  100068: "cmsd",
  100083: "ttdbserverd",
  100227: "nfs_acl",
};
const PROTOCOLS: { [number: number]: string } = { 6: "tcp", 17: "udp" };

/** More are counted, and not shown. */
const MOST = 256;

/** Reads the reply to a listing; undefined where it is none, or belongs to another call. */
export function readPrograms(message: Uint8Array, context: ProbeContext): ProbeAnswer | undefined {
  return parsed(() => {
    const reader = new Reader(message);
    if (reader.u32() !== transaction(context) || reader.u32() !== REPLY) return undefined;
    if (reader.u32() === REJECTED) return answer({ refused: "not allowed" });
    // What proves the server's identity: nothing, in most cases.
    reader.skip(4);
    reader.skip(reader.u32());
    reader.align(4);
    const status = reader.u32();
    if (status !== 0) return answer({ refused: REFUSALS[status] ?? `status ${status}` });
    return answer(list(reader));
  });
}

/** A program at one port, in all its versions there. */
type Program = { program: number; name?: string; versions: number[]; protocol: string; port: number };

/** Each entry follows a 1, and the last one a 0; a list that is cut off counts as far as it came. */
function list(reader: Reader): { [name: string]: FieldValue } {
  const programs = new Map<string, Program>();
  while (reader.left >= 20 && reader.u32() === 1) {
    const [program, version, transport, port] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
    const protocol = PROTOCOLS[transport] ?? `protocol ${transport}`;
    const key = `${program} ${protocol} ${port}`;
    const name = PROGRAMS[program];
    const known = programs.get(key) ?? { program, ...(name !== undefined && { name }), versions: [], protocol, port };
    programs.set(key, known);
    if (known.versions.length < MOST) known.versions.push(version);
  }
  const shown = [...programs.values()].slice(0, MOST);
  for (const { versions } of shown) versions.sort((a, b) => a - b);
  return { programs: shown, programCount: programs.size };
}

function answer(fields: { [name: string]: FieldValue }): ProbeAnswer {
  return { protocol: "portmap", fields };
}
