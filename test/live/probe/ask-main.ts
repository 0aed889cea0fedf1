// Asks one question from wherever it runs, and prints what came of it as JSON. The question is the argument, as JSON too.
import { PROTOCOLS } from "../../../src/probe/protocols.ts";
import { question } from "../../probe/question.ts";
import { askTcp, askUdp } from "./ask.ts";
import type { Ask } from "./island.ts";

const { protocol: wanted, transport, only, authority, ...rest }: Ask = JSON.parse(process.argv[2] ?? "{}");
const protocol = PROTOCOLS.find(({ name }) => name === wanted);
if (protocol === undefined) throw new Error(`no protocol ${wanted}`);
const context = question(rest);
const told = transport === "tcp" ? askTcp(protocol, context, authority) : askUdp(protocol, context, only);
const { answer, replies } = await told;
process.stdout.write(JSON.stringify({ answer, replies: replies.map((reply) => Buffer.from(reply).toString("hex")) }));
