import { describe } from "vitest";
import { sshClient, sshServer } from "./programs/ssh.ts";
import { sameAsStrace } from "./truth.ts";

const needs = ["sshd", "ssh", "ssh-keygen"];

describe("sshd, which forks and gives up privileges for each client", () => {
  sameAsStrace(sshServer, {
    needs,
    expected: { listens: ["tcp 127.0.0.1:<ssh> chosen by application, used from 127.0.0.1"] },
  });
});

describe("the ssh client", () => {
  sameAsStrace(sshClient, { needs, expected: { connects: ["tcp 127.0.0.1:<relay> established"] } });
});
