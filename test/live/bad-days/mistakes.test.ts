import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import { stages } from "../staged.ts";
import { expectNoBug, portolan } from "./day.ts";

const reason = lack();
const stage = stages();

describe("a newcomer's mistake is answered with what to type", () => {
  it.for([
    [["cat", "file"], 64, "./portolan run -- cat file"],
    [["run", "cat", "-n", "a b"], 64, "./portolan run -- cat -n 'a b'"],
    [["run", "--for", "5", "minutes", "--", "cat"], 64, "./portolan run --for 5m -- cat"],
    [["run", "--for", "5", "minutes", "cat"], 64, "./portolan run --for 5m -- cat"],
    [["run", "--json", "x", "--", "cat"], 64, "./portolan run --json -- cat"],
    [["run", "--for", "soon", "--", "cat"], 64, "./portolan run --help"],
    [["run", "--pid", "1", "--", "x"], 64, "./portolan run --pid 1"],
    [["run", "--pid", "4294967296"], 125, "ps -e"],
    [["run", "--pid", "x"], 64, "ps -e"],
    [["run", "--unit", "no-such-unit-here"], 125, /^ps -e|systemctl list-units --state=running$/],
    [["run"], 64, "./portolan run -- curl http://localhost/"],
    [["ls", "foo"], 64, "./portolan ls app:foo"],
    [["ls", "80"], 64, "./portolan ls :80"],
    [["ls", ":99999"], 64, "./portolan ls --help"],
    [["ls", "pid:x"], 64, "./portolan ls app:x"],
    [["no-such-verb-here"], 64, "./portolan --help"],
  ] as const)("%j", async ([words, wanted, next], { skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout, stderr } = await portolan(stage(), [...words]);
    expect({ status, stdout }).toEqual({ status: wanted, stdout: "" });
    expectNoBug(stderr);
    const [what, ...more] = stderr.trimEnd().split("\n");
    expect(what).toMatch(/^portolan: \S/);
    const said = more.at(-1)?.replace(/^ {2}next: /, "");
    if (typeof next === "string") expect(said).toBe(next);
    else expect(said).toMatch(next);
  });
});
