import { describe, expect, test } from "vitest";
import { commandLine, execRecord, socketRecord, type Task, taskRecord } from "./record.ts";
import { Scene, SECOND, startedAt, wall } from "./scene.ts";

const shell = { pid: 50, startedAt: startedAt(SECOND), name: "sh", parents: [{ pid: 1, name: "init" }] };
const me = { pid: 100, started: 3 * SECOND };
const line = commandLine("curl", "-s", "http://harbour.test/");
const exec = (more: object = {}) =>
  execRecord({ ...me, at: 4 * SECOND, parent: 50, uid: 33, comm: "curl", path: "/usr/bin/curl", line, ...more });
const fork = (task: Task) => taskRecord("RECORD_FORK", { at: 5 * SECOND, ...task });
const exit = (more: Task = {}) => taskRecord("RECORD_EXIT", { ...me, at: 6 * SECOND, uid: 33, comm: "curl", ...more });

/** A machine on which the shell runs. */
function machine(): Scene {
  const scene = new Scene();
  scene.processes.set(50, shell);
  return scene;
}

describe("exec", () => {
  test("tells everything of a process that lives a millisecond", () => {
    expect(machine().ring(exec())).toEqual([
      {
        kind: "process",
        at: wall(4 * SECOND),
        process: {
          pid: 100,
          startedAt: startedAt(3 * SECOND),
          name: "curl",
          executable: "/usr/bin/curl",
          arguments: ["curl", "-s", "http://harbour.test/"],
          uid: 33,
          user: "www-data",
          parents: [
            { pid: 50, name: "sh" },
            { pid: 1, name: "init" },
          ],
        },
      },
    ]);
  });

  test("of a user without a name tells the number alone", () => {
    const [event] = machine().ring(exec({ uid: 4711 }));
    expect(event).toMatchObject({ process: { uid: 4711 } });
    expect(event).not.toHaveProperty("process.user");
  });

  test("without a parent that is known tells none", () => {
    expect(machine().ring(exec({ parent: 77 }))[0]).not.toHaveProperty("process.parents");
  });

  test("keeps arguments that are empty, and has none where there are none", () => {
    expect(machine().ring(exec({ line: commandLine("sh", "", "x") }))).toMatchObject([
      { process: { arguments: ["sh", "", "x"] } },
    ]);
    expect(machine().ring(exec({ line: new Uint8Array() }))[0]).not.toHaveProperty("process.arguments");
  });

  test("says where arguments were cut off", () => {
    const long = Buffer.alloc(2048, "x");
    const [event] = machine().ring(exec({ line: long }));
    expect(event).toMatchObject({ process: { arguments: ["x".repeat(2048), "…"] } });
  });

  test("survives names and arguments that are not UTF-8", () => {
    const scene = machine();
    const record = exec({ line: Buffer.from([0xff, 0xfe, 0, 0x1b, 0x5b, 0]), comm: "" });
    record.set([0x66, 0xff, 0x0a], 32);
    expect(scene.ring(record)).toMatchObject([{ process: { name: "f�\n", arguments: ["��", "\x1b["] } }]);
  });

  test("has a name of up to 16 bytes, also one that is not ended", () => {
    const record = exec();
    record.set(Buffer.from("sixteen-bytes-ab"), 32);
    expect(machine().ring(record)).toMatchObject([{ process: { name: "sixteen-bytes-ab" } }]);
  });

  test("of the same process again is another program with the same parents", () => {
    const scene = machine();
    scene.ring(exec());
    scene.processes.delete(50);
    scene.ring(exec({ comm: "wget", path: "/usr/bin/wget", parent: 1 }));
    expect(scene.of("process").at(-1)?.process).toMatchObject({
      executable: "/usr/bin/wget",
      parents: [{ pid: 50 }, { pid: 1 }],
    });
  });

  test("of a pid that came back has nothing of the process before", () => {
    const scene = machine();
    scene.processes.set(60, { pid: 60, startedAt: startedAt(2 * SECOND), name: "cron" });
    scene.ring(exec(), exit(), exec({ started: 9 * SECOND, at: 10 * SECOND, parent: 60 }));
    expect(scene.of("process").at(-1)?.process).toMatchObject({
      startedAt: startedAt(9 * SECOND),
      parents: [{ pid: 60, name: "cron" }],
    });
  });
});

describe("fork", () => {
  test("makes a process that is what its parent is, until it execs", () => {
    const scene = machine();
    scene.ring(exec(), fork({ pid: 101, started: 5 * SECOND, parent: 100, uid: 33, comm: "curl" }));
    expect(scene.of("process").at(-1)).toEqual({
      kind: "process",
      at: wall(5 * SECOND),
      process: {
        pid: 101,
        startedAt: startedAt(5 * SECOND),
        name: "curl",
        executable: "/usr/bin/curl",
        arguments: ["curl", "-s", "http://harbour.test/"],
        uid: 33,
        user: "www-data",
        parents: [
          { pid: 100, name: "curl" },
          { pid: 50, name: "sh" },
          { pid: 1, name: "init" },
        ],
      },
    });
  });

  test("of a process that nobody told of inherits from what /proc says of it", () => {
    const scene = machine();
    scene.processes.set(50, { ...shell, executable: "/bin/dash", unit: "harbour.service", container: "abc" });
    scene.ring(fork({ pid: 101, started: 5 * SECOND, parent: 50 }));
    expect(scene.of("process").at(-1)?.process).toMatchObject({
      executable: "/bin/dash",
      unit: "harbour.service",
      container: "abc",
    });
  });

  test("without any trace of the parent is a process all the same", () => {
    const scene = machine();
    expect(scene.ring(fork({ pid: 101, started: 5 * SECOND, parent: 99, comm: "x" }))).toMatchObject([
      { kind: "process", process: { pid: 101, name: "x" } },
    ]);
  });

  test("of a pid that came back inherits from the process that has it now", () => {
    const scene = machine();
    scene.ring(exec(), exit());
    scene.processes.set(100, {
      pid: 100,
      startedAt: startedAt(8 * SECOND),
      name: "cron",
      executable: "/usr/sbin/cron",
    });
    scene.ring(fork({ pid: 101, started: 9 * SECOND, parent: 100, at: 9 * SECOND }));
    expect(scene.of("process").at(-1)?.process).toMatchObject({ pid: 101, executable: "/usr/sbin/cron" });
  });
});

describe("exit", () => {
  test("ends the process, by pid and start", () => {
    const scene = machine();
    scene.ring(exec());
    expect(scene.ring(exit())).toEqual([
      { kind: "exit", at: wall(6 * SECOND), process: { pid: 100, startedAt: startedAt(3 * SECOND) } },
    ]);
  });

  test("first tells the name and the user that it had at last", () => {
    const scene = machine();
    scene.ring(exec({ uid: 0 }));
    const [last, end] = scene.ring(exit({ comm: "renamed", uid: 33 }));
    expect(last).toMatchObject({
      kind: "process",
      at: wall(6 * SECOND),
      process: { pid: 100, name: "renamed", uid: 33, user: "www-data", executable: "/usr/bin/curl" },
    });
    expect(end).toMatchObject({ kind: "exit" });
  });

  test("to a user without a name takes the old one's name away", () => {
    const scene = machine();
    scene.ring(exec());
    scene.ring(exit({ uid: 4711 }));
    const { process } = scene.of("process").at(-1) ?? {};
    expect(process?.uid).toBe(4711);
    expect(process).not.toHaveProperty("user");
  });

  test("of a stranger is an exit and nothing else", () => {
    expect(machine().ring(exit())).toMatchObject([{ kind: "exit" }]);
  });
});

describe("a flush looks at those that go on", () => {
  test("and tells who has another name or user", () => {
    const scene = machine();
    scene.ring(exec());
    const key = { pid: 100, startedAt: startedAt(3 * SECOND) };
    scene.processes.set(100, { ...key, name: "renamed", uid: 33 });
    expect(scene.sweep()).toEqual([]);
    expect(scene.sweep({ flushed: 1 })).toMatchObject([
      { kind: "process", process: { ...key, name: "renamed", executable: "/usr/bin/curl", user: "www-data" } },
    ]);
    expect(scene.sweep({ flushed: 2 })).toEqual([]);
  });

  test("and leaves alone another process that has the pid by now", () => {
    const scene = machine();
    scene.ring(exec());
    scene.processes.set(100, { pid: 100, startedAt: startedAt(9 * SECOND), name: "other", uid: 0 });
    expect(scene.sweep({ flushed: 1 })).toEqual([]);
  });
});

describe("the owner of something", () => {
  const flow = (more: object = {}) =>
    socketRecord("RECORD_FLOW", { ...me, cookie: 7n, at: 5 * SECOND, ended: true, ...more });

  test("that was there before is told first, once", () => {
    const scene = machine();
    scene.processes.set(100, { pid: 100, startedAt: startedAt(3 * SECOND), name: "nginx" });
    scene.ring(flow(), flow({ cookie: 8n }));
    expect(scene.events.map(({ kind }) => kind)).toEqual(["process", "flow", "flow"]);
    expect(scene.of("process")).toMatchObject([{ at: wall(5 * SECOND), process: { name: "nginx" } }]);
  });

  test("that has gone, its pid now another's, stays a pid and a start", () => {
    const scene = machine();
    scene.processes.set(100, { pid: 100, startedAt: startedAt(9 * SECOND), name: "other" });
    scene.ring(flow());
    expect(scene.events.map(({ kind }) => kind)).toEqual(["flow"]);
    expect(scene.of("flow")).toMatchObject([{ process: { pid: 100, startedAt: startedAt(3 * SECOND) } }]);
  });

  test("that is unknown is left out", () => {
    const scene = machine();
    scene.ring(flow({ pid: 0 }));
    expect(scene.of("flow")[0]).not.toHaveProperty("process");
  });
});
