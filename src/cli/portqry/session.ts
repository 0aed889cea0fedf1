import { PortqryMistake } from "./mistake.ts";
import { numberOf, portOf, protocolsOf, type RemoteRequest } from "./rules.ts";
import { SHORTCUTS } from "./shortcuts.ts";

/** What a line of the interactive mode leads to. */
export type Reaction =
  | { kind: "print"; lines: string[] }
  /** Queries, one after the other. */
  | { kind: "query"; requests: RemoteRequest[] }
  | { kind: "exit" };

const COMMANDS = ["exit", "help", "node", "query", "set"];
const OPTIONS = ["all", "cn=", "nr", "port=", "protocol=", "sl", "sport="];

/** The interactive mode without a terminal: settings that lines change, and what each line asks for. */
export class Session {
  #query: RemoteRequest;

  constructor(query: RemoteRequest) {
    this.#query = query;
  }

  /** What is printed before the first line. */
  banner(): string[] {
    return [
      "Portqry Interactive Mode",
      "",
      "Type 'help' for a list of commands",
      "",
      `Default Node: ${this.#query.host}`,
      "",
      ...this.#settings(),
    ];
  }

  /** What a line means. A mistake is answered and ends nothing. */
  line(text: string): Reaction {
    const [command = "", ...words] = text.trim().split(/\s+/);
    try {
      return this.#react(command.toLowerCase(), words);
    } catch (error) {
      if (error instanceof PortqryMistake) return print(error.message);
      throw error;
    }
  }

  #react(command: string, words: string[]): Reaction {
    switch (command) {
      case "":
        return { kind: "print", lines: [] };
      case "exit":
      case "quit":
        return { kind: "exit" };
      case "help":
      case "?":
        return print(...HELP);
      case "node":
      case "n":
        return this.#node(words);
      case "query":
      case "q":
        return this.#ask(words);
      case "set":
        return this.#set(words);
      default:
        return print(`"${command}" is no command. Type 'help' for a list of commands.`);
    }
  }

  #node([host]: string[]): Reaction {
    if (host !== undefined) this.#query = { ...this.#query, host };
    return print(`Default Node: ${this.#query.host}`);
  }

  #ask([name]: string[]): Reaction {
    if (name === undefined) return { kind: "query", requests: [this.#query] };
    const shortcuts = Object.hasOwn(SHORTCUTS, name.toLowerCase()) ? SHORTCUTS[name.toLowerCase()] : undefined;
    if (shortcuts === undefined) {
      return print(`There is no query "${name}": there are ${Object.keys(SHORTCUTS).join(", ")}.`);
    }
    const requests = shortcuts.map(({ protocols, ports }) => ({
      ...this.#query,
      protocols,
      ports: [...ports],
      range: false,
    }));
    return { kind: "query", requests };
  }

  #set(words: string[]): Reaction {
    const text = words.join(" ");
    const [, name = "", value] = /^([a-z]+)(?:\s*=\s*(.*))?$/i.exec(text) ?? [];
    this.#query = this.#changed(name.toLowerCase(), value, text);
    return print(...this.#settings());
  }

  #changed(name: string, value: string | undefined, text: string): RemoteRequest {
    const query = this.#query;
    if (value === undefined) {
      if (name === "all" || text === "") return query;
      if (name === "nr") return { ...query, reverse: !query.reverse };
      if (name === "sl") return { ...query, slowLink: !query.slowLink };
    } else if (name === "port" || name === "e") return { ...query, ports: [portOf("port", value)], range: false };
    else if (name === "sport" || name === "sp") return { ...query, sourcePort: numberOf("sport", value, 0, 65535) };
    else if (name === "protocol" || name === "p") return { ...query, ...protocolsOf(value) };
    else if (name === "cn") return { ...query, community: /^!(.*)!$/.exec(value)?.[1] ?? value };
    throw new PortqryMistake(`"set ${text}" sets nothing. Type 'help' for a list of commands.`);
  }

  #settings(): string[] {
    const { ports, protocolWord, sourcePort, community, reverse, slowLink } = this.#query;
    return [
      "Current option values:",
      `   end port= ${ports.join(",")}`,
      `   protocol= ${protocolWord}`,
      `   source port= ${sourcePort}${sourcePort === 0 ? " (ephemeral)" : ""}`,
      ...(community === "public" ? [] : [`   community name= ${community}`]),
      ...(reverse ? [] : ["   no reverse name lookup"]),
      ...(slowLink ? ["   slow link delay"] : []),
    ];
  }
}

function print(...lines: string[]): Reaction {
  return { kind: "print", lines };
}

const HELP = [
  "Commands:",
  "   node NAME          (n)  the computer that is asked from now on",
  "   query [SHORTCUT]   (q)  ask it: by the current options, or by a shortcut:",
  `                           ${Object.keys(SHORTCUTS).slice(0, 7).join(" ")}`,
  `                           ${Object.keys(SHORTCUTS).slice(7).join(" ")}`,
  "   set OPTION              port=N (e=), protocol=tcp|udp|both (p=),",
  "                           sport=N (sp=; 0 for an ephemeral one),",
  "                           cn=!NAME!, nr, sl (both on and off again)",
  "   set all                 show the current options",
  "   help, exit",
];

/** Completions of a line, for the Tab key: those of its last word, and that word (readline's form). */
export function completions(line: string): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? "";
  const first = words[0]?.toLowerCase() ?? "";
  const known =
    words.length <= 1
      ? COMMANDS
      : first === "query" || first === "q"
        ? Object.keys(SHORTCUTS)
        : first === "set"
          ? OPTIONS
          : [];
  return [known.filter((word) => word.startsWith(last.toLowerCase())), last];
}
