import { expect, test } from "vitest";
import { portolan } from "../made-up-world.ts";

test.each([
  [["verify"], 64, /verify needs a manifest/],
  [["verify", "m.yaml"], 64, /verify needs a command/],
  [["verify", "m.yaml", "nginx"], 64, /does not take the word "nginx"/],
  [["verify", "m.yaml", "--format", "xml", "--", "true"], 64, /there is no format "xml"/],
  [["verify", "m.yaml", "--json", "--format", "junit", "--", "true"], 64, /exclude each other/],
  [["verify", "m.yaml", "--for", "soon", "--", "true"], 64, /no length of time/],
  [["verify", "/nonexistent/m.yaml", "--", "true"], 65, /cannot be read/],
])("%j", async (argv, expected, text) => {
  const { status, stderr } = await portolan(argv);
  expect(stderr).toMatch(text);
  expect(status).toBe(expected);
});
