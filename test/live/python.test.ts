import { describe } from "vitest";
import { pythonClient, pythonRefusedBind, pythonServer } from "./programs/python.ts";
import { sameAsStrace } from "./truth.ts";

const needs = ["python3"];

describe("python3's web server", () => {
  sameAsStrace(pythonServer, {
    needs,
    expected: { listens: ["tcp 127.0.0.1:<web> chosen by application, used from 127.0.0.1"] },
  });
});

describe("python3 fetching pages", () => {
  sameAsStrace(pythonClient, { needs, expected: { connects: ["tcp 127.0.0.1:<web> established"] } });
});

describe("python3's web server on a port that somebody else has", () => {
  sameAsStrace(pythonRefusedBind, { needs, expected: { failedBinds: ["tcp 127.0.0.1:<taken> EADDRINUSE"] } });
});
