/**
 * Compiles the BPF programs with the pinned clang and writes the layouts of their records as TypeScript.
 * `node scripts/bpf.ts` writes; `node scripts/bpf.ts --check` fails where what is committed differs from what is built.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CLANG = "clang-14";
const STRIP = "llvm-strip-14";
const folder = fileURLToPath(new URL("../src/collect/linux/ebpf/", import.meta.url));
const programs = join(folder, "programs");
const ARCHITECTURES = { x64: "x86", arm64: "arm64" } as const;

/** The object's bytes for one architecture. Paths are kept out of it, so that it is the same in every checkout. */
function compile(source: string, target: string, scratch: string): Buffer {
  const output = join(scratch, `${source}.${target}.o`);
  const flags = ["-g", "-O2", "-target", "bpf", "-mcpu=v3", `-D__TARGET_ARCH_${target}`, "-Wall", "-Werror"];
  const paths = [`-ffile-prefix-map=${programs}=.`, "-fdebug-compilation-dir=.", "-I/usr/include/bpf"];
  execFileSync(CLANG, [...flags, ...paths, "-c", `${source}.bpf.c`, "-o", output], { cwd: programs, stdio: "inherit" });
  execFileSync(STRIP, ["-g", output], { stdio: "inherit" });
  return readFileSync(output);
}

/** Names of the fields of each struct in records.h, in order. */
function structs(header: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, name, body] of header.matchAll(/^struct (\w+) \{\n(.*?)^\};/gms)) {
    const fields = [...(body ?? "").matchAll(/^ {2}[\w ]+?(\w+)(?:\[[^\]]*\])?;/gm)].map((match) => String(match[1]));
    found.set(String(name), fields);
  }
  return found;
}

/** Asks the compiler itself for offsets and sizes, through a program of offsetof and sizeof. */
function layouts(scratch: string): string {
  const header = readFileSync(join(programs, "records.h"), "utf8");
  const types = "typedef unsigned char __u8; typedef unsigned short __u16; typedef unsigned int __u32;";
  const more = "typedef unsigned long long __u64; typedef int __s32; typedef unsigned short __be16;";
  const lines = [`#include <stdio.h>`, `#include <stddef.h>`, types, more, `#include "${join(programs, "records.h")}"`];
  lines.push("int main(void) {");
  for (const [name, fields] of structs(header)) {
    lines.push(`  printf("\\nexport const ${name.toUpperCase()} = {\\n  size: %zu,\\n", sizeof(struct ${name}));`);
    for (const field of fields) {
      if (field === "pad") continue;
      const nested = field === "head" ? "headOffset" : camel(field);
      lines.push(`  printf("  ${nested}: %zu,\\n", offsetof(struct ${name}, ${field}));`);
    }
    lines.push(`  printf("} as const;\\n");`);
  }
  for (const [, name, body] of header.matchAll(/^enum (\w+) \{(.*?)^\};/gms)) {
    lines.push(`  printf("\\nexport const ${String(name).toUpperCase()} = {\\n");`);
    for (const [, constant] of String(body).matchAll(/^ {2}(\w+) =/gm)) {
      lines.push(`  printf("  ${constant}: %d,\\n", (int)${constant});`);
    }
    lines.push(`  printf("} as const;\\n");`);
  }
  lines.push("  return 0;\n}\n");
  const source = join(scratch, "layouts.c");
  const program = join(scratch, "layouts");
  writeFileSync(source, lines.join("\n"));
  execFileSync(CLANG, [source, "-o", program], { stdio: "inherit" });
  const head = "// Made by scripts/bpf.ts from programs/records.h: offsets and sizes in bytes. Do not edit.\n";
  return head + execFileSync(program, { encoding: "utf8" });
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function main(): void {
  const check = process.argv.includes("--check");
  const scratch = mkdtempSync(join(tmpdir(), "portolan-bpf-"));
  const wrong: string[] = [];
  try {
    const outputs = new Map<string, Buffer>([[join(folder, "records.gen.ts"), Buffer.from(layouts(scratch))]]);
    for (const source of ["capture", "snapshot"]) {
      for (const [machine, target] of Object.entries(ARCHITECTURES)) {
        outputs.set(join(folder, "object", `${source}.${machine}.o`), compile(source, target, scratch));
      }
    }
    for (const [path, bytes] of outputs) {
      if (!check) writeFileSync(path, bytes);
      else if (!readFileSync(path).equals(bytes)) wrong.push(path);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  for (const path of wrong) console.error(`${path} differs from what ${CLANG} builds; run: npm run bpf`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

main();
