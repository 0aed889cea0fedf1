// Asks one question from wherever it runs, and prints what came of it as JSON. The question is the argument, as JSON too.
import { PROTOCOLS } from "../../../src/probe/protocols.ts";
import { question } from "../../probe/question.ts";
import { askTcp, askUdp } from "./ask.ts";
import type { Ask } from "./island.ts";

const { protocol: name, transport, only, ...rest }: Ask = JSON.parse(process.argv[2] ?? "{}");
const protocol = PROTOCOLS.find((each) => each.name === name);
if (protocol === undefined) throw new Error(`no protocol ${name}`);
const context = question(rest);
const { answer, replies } = await (transport === "tcp" ? askTcp(protocol, context) : askUdp(protocol, context, only));
process.stdout.write(JSON.stringify({ answer, replies: replies.map((reply) => Buffer.from(reply).toString("hex")) }));
