import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { program } from "../../live/machine.ts";
import type { Adapter } from "../adapter.ts";
import type { Fact, Knowledge } from "../seen.ts";
import type { OpenRow } from "../truth.ts";
import { versionOf } from "./version.ts";

/** The text that a command prints. Throws where it fails; status 1 without a word means that there is nothing to list. */
export async function output(command: string, options: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, options, { encoding: "utf8", maxBuffer: 1 << 28 });
    return stdout;
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: unknown; stderr?: unknown };
    if (code === 1 && stdout === "" && stderr === "") return "";
    throw error;
  }
}

/** A peer that lists open sockets: asked once, at the hold. */
export function listing(peer: {
  name: string;
  options: string[];
  versionOptions: string[];
  facts: Fact[];
  ownerless?: false;
  read: (text: string) => OpenRow[];
}): Adapter {
  const knows: Knowledge = {
    facts: new Set(peer.facts),
    uninhabited: false,
    ...(peer.ownerless === false && { ownerless: false }),
  };
  const [command = ""] = peer.name.split(" ");
  return {
    name: peer.name,
    scope: "ls",
    about: "open sockets",
    knows,
    lack: () => lackOf(command),
    version: () => versionOf(program(command), peer.versionOptions),
    watch() {
      let text: string | undefined;
      return {
        async hold() {
          text = await output(program(command), peer.options);
        },
        async seen() {
          if (text === undefined) throw new Error("it was not asked");
          return { open: peer.read(text) };
        },
      };
    },
  };
}

/** Why a command cannot be used here. */
export function lackOf(...commands: string[]): string | undefined {
  for (const command of commands) {
    try {
      program(command);
    } catch (error) {
      return (error as Error).message;
    }
  }
  return undefined;
}
