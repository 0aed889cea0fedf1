import { DockerfileParser } from "dockerfile-ast";
import { newDeclaration, readPortRange } from "../../model/declaration.ts";
import { baseName, type Importer } from "./importer.ts";

/**
 * EXPOSE of a Dockerfile or Containerfile (Dockerfile reference): `80`, `80/udp`, `8000-8010/tcp`. It documents, and opens
 * nothing. Only the last stage becomes the image. A variable is read where the file gives it a value.
 */
export const dockerfile: Importer = {
  name: "dockerfile",
  title: "EXPOSE of a Dockerfile",
  matches: ({ file }) => /^(Docker|Container)file(\.|$)|\.(docker|container)file$/i.test(baseName(file)),
  read({ file, text }) {
    const parsed = DockerfileParser.parse(text);
    const declaration = newDeclaration();
    const stages = parsed.getFROMs();
    const last = stages.at(-1)?.getRange()?.start.line ?? 0;
    for (const instruction of parsed.getInstructions()) {
      const line = instruction.getRange().start.line;
      if (instruction.getKeyword() !== "EXPOSE" || line < last) continue;
      const source = `${file}:${line + 1}`;
      for (const argument of instruction.getArguments()) {
        const word = expanded(argument.getValue(), (name) => parsed.resolveVariable(name, line) ?? undefined);
        const [, ports = "", protocol = "tcp"] = /^([^/]*)(?:\/(.*))?$/.exec(word) ?? [];
        const range = readPortRange(ports);
        const transport = protocol.toLowerCase();
        if (range === undefined || (transport !== "tcp" && transport !== "udp")) {
          declaration.remarks.push({ source, text: `EXPOSE ${word} is no port that can be read` });
        } else declaration.listens.push({ protocol: transport, ports: range, scope: "network", source });
      }
    }
    return [declaration];
  },
};

/** `$NAME` and `${NAME}` with the values that the file gives them; `${NAME:-value}` falls back to its own. */
function expanded(word: string, given: (name: string) => string | undefined): string {
  return word.replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (whole, plain: string | undefined, braced: string | undefined, fallback: string | undefined) =>
      given(plain ?? braced ?? "") ?? fallback ?? whole,
  );
}
