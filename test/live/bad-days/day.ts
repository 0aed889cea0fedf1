import { expect } from "vitest";
import { program } from "../machine.ts";
import { launcher } from "../observer.ts";
import type { Profile } from "../profile.ts";
import type { Stage } from "../stage.ts";
import type { End } from "../started.ts";

/** What a command said and how it ended. */
export type Outcome = End & { stdout: string; stderr: string };

/** Runs Portolan to its end; `around` is a command line that runs everything. */
export async function portolan(here: Stage, words: string[], around: string[] = []): Promise<Outcome> {
  const started = here.beside([...around, launcher, ...words]);
  started.input.end();
  const end = await started.ended(60_000);
  return { ...end, stdout: started.stdout, stderr: started.stderr };
}

/** The command line that runs what follows it in a mount namespace of its own, after the shell commands in `before`. */
export function privateMounts(before: string): string[] {
  const script = `${before}\nexec "$@"`;
  return [program("unshare"), "--mount", "--propagation", "private", program("sh"), "-ec", script, "sh"];
}

/** Listens on a port, connects to it, sends 101 bytes, and waits to be ended. */
export function pair(port: number): string[] {
  const code = `
import signal, socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
client = socket.create_connection(listener.getsockname())
server, _ = listener.accept()
client.sendall(b"x" * 101)
assert len(server.recv(101, socket.MSG_WAITALL)) == 101
signal.pause()`;
  return [program("python3"), "-c", code, String(port)];
}

/** The first line of a text. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** No stack, and none of our own faults: what a person reads is meant for a person. */
export function expectNoBug(stderr: string): void {
  expect(stderr).not.toMatch(/^\s+at |bug in Portolan/m);
}

/** The profile of `pair` as the fallback sees it, which names in its first place what is lost and `remedy`. */
export function expectFallback(profile: Profile, stderr: string, port: number, remedy: string): void {
  expectNoBug(stderr);
  expect(firstLine(stderr)).toMatch(/^Left out: /);
  expect(firstLine(stderr)).toContain(remedy);
  expect(profile).toMatchObject({ collector: "procfs", complete: false, usesNetwork: true });
  expect(profile.degradations[0]).toMatchObject({ what: expect.stringContaining("short connections"), remedy });
  expect(profile.gaps.map(({ reason }) => reason).join()).toContain("shorter connections may be missed");
  expect(profile.listens).toMatchObject([{ protocol: "tcp", address: "127.0.0.1", port, flows: 1 }]);
  expect(profile.connects).toMatchObject([{ protocol: "tcp", remote: { address: "127.0.0.1", port }, flows: 1 }]);
}
