import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/model/profile.ts";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { stages } from "./staged.ts";

const reason = lack("curl", "python3");
const stage = stages();

/** Connects to a listener of its own over loopback, of both families. */
const TALKS_TO_ITSELF = `
import socket
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    server = socket.create_server((address, 0), family=family)
    client = socket.create_connection(server.getsockname()[:2])
    accepted, _ = server.accept()
    client.sendall(b"23 bytes to and not fro")
    assert len(accepted.recv(64)) == 23
`;

async function offline(
  command: string[],
  options: string[] = [],
): Promise<{ profile: Profile; stderr: string; status: number | undefined }> {
  const started = stage().beside([launcher, "run", "--offline", ...options, "--json", "--", ...command]);
  started.input.end();
  const { status } = await started.ended();
  return { profile: JSON.parse(started.stdout), stderr: started.stderr, status };
}

describe("run --offline", () => {
  it("answers for a program that needs no network", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { profile, status } = await offline([program("true")]);
    expect(status).toBe(0);
    expect(profile).toMatchObject({ usesNetwork: false, offline: { needsNetwork: "no", attempts: 0, loopback: true } });
  });

  it("answers for one that is content with loopback, and takes that away where it is told to", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const command = [program("python3"), "-c", TALKS_TO_ITSELF];
    const content = await offline(command);
    expect(content.status).toBe(0);
    expect(content.profile).toMatchObject({ loopbackOnly: true, offline: { needsNetwork: "loopback" } });
    const without = await offline(command, ["--no-loopback"]);
    expect(without.status).toBe(1);
    expect(without.profile.offline).toMatchObject({ needsNetwork: "yes", loopback: false, attempts: 1 });
    expect(without.profile.offline?.firstAttempt?.remote.address).toBe("127.0.0.1");
  });

  it("answers for one that needs a network, and names what it tried first", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { profile, status } = await offline([program("curl"), "-s", "http://192.0.2.1:8080/"]);
    expect(status).toBe(7); // failed to connect (curl(1))
    expect(profile.offline).toMatchObject({
      needsNetwork: "yes",
      firstAttempt: { protocol: "tcp", remote: { address: "192.0.2.1", port: 8080 }, error: "ENETUNREACH" },
    });
  });

  it("says it in a paragraph", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const started = stage().beside([launcher, "run", "--offline", "--", program("curl"), "-s", "http://192.0.2.1/"]);
    started.input.end();
    expect(await started.ended()).toMatchObject({ status: 7 });
    expect(started.stderr.replaceAll("\n", " ")).toMatch(
      /curl needs a network: it failed without a network \(exit status 7\)\. It tried first tcp 192\.0\.2\.1:80/,
    );
  });
});
