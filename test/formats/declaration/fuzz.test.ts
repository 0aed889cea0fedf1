import { assert, constantFrom, oneof, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { IMPORTERS } from "../../../src/formats/declaration/importers.ts";
import { declaredManifest } from "../../../src/formats/declaration/manifest-text.ts";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import { Problem } from "../../../src/model/problem.ts";

const SEEDS = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own form, with a default value
  "FROM a\nEXPOSE 80 $A ${B:-1}/udp\n",
  "services:\n  a:\n    ports: ['1:2', {target: 3}]\n",
  "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{ports: [{containerPort: 1}]}]}\n",
  "[Socket]\nListenStream=[::1]:80\nSocketBindAllow=ipv4:tcp:1-2\n",
  "[A]\nports=80,81:90/tcp|53\n",
  '<service><port protocol="tcp" port="1-2"/><include service="a"/></service>',
  "ssh 22/tcp a\n",
  'Service Name,Port Number,Transport Protocol\nhttp,80,"tcp"\n',
];

const texts = oneof(
  string({ maxLength: 200, unit: "binary" }),
  tuple(constantFrom(...SEEDS), string({ maxLength: 9, unit: "binary" }), string({ maxLength: 9 })).map(
    ([seed, junk, more]) => `${seed.slice(0, junk.length * 7)}${junk}${seed.slice(junk.length * 7)}${more}`,
  ),
);

test.each(IMPORTERS)(
  "$name takes any text: it reads it or says what is wrong, and what it states is a manifest",
  (importer) => {
    assert(
      property(texts, (text) => {
        try {
          const found = importer.read({ file: "a\u202Eb\n.yaml", text }, undefined);
          parseManifest(declaredManifest("a", found), "m.yaml");
        } catch (error) {
          // What is stated twice with different sources cannot come from one file and is joined before.
          expect(error).toBeInstanceOf(Problem);
          expect((error as Problem).code).toBe("bad-declaration");
        }
      }),
      { numRuns: 300 },
    );
  },
);
