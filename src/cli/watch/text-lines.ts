import { type Change, isSocketChange, type ProcessChange, type SocketChange } from "../../model/change.ts";
import { type Endpoint, endpointText } from "../../model/endpoint.ts";
import { isListener } from "../../model/socket.ts";
import type { Micros } from "../../model/time.ts";
import { belongings, commandText } from "../ls/details.ts";
import { createOwners, type Owner } from "../ls/owner.ts";
import { visible } from "../visible.ts";
import { padded } from "../width.ts";
import { detailText, gapText } from "./change-words.ts";

const INDENT = "      ";

/**
 * Writes each change as a line: time, what happened, protocol, both ends, who, and what else is known of it. A process has
 * lines of its own below, indented, with what is known of it.
 */
export function createTextLines(): (change: Change) => string {
  const ownerOf = createOwners();
  const time = createTimes();
  return (change) => {
    const head = `${time(change.at)}  ${change.event.padEnd(11)}  `;
    if (change.event === "gap") return `${head}${visible(gapText(change.gap))}\n`;
    return head + (isSocketChange(change) ? socketText(change, ownerOf(change.socket)) : processText(change));
  };
}

function socketText(change: SocketChange, owner: Owner): string {
  const { protocol, local, remote } = change.socket;
  const far = remote === undefined ? (isListener(change.socket) ? "-" : "?") : endpoint(remote);
  return row(protocol, endpoint(local), far, owner, detailText(change));
}

function processText({ event, process, application }: ProcessChange): string {
  const user = process.user ?? (process.uid === undefined ? "?" : `${process.uid}`);
  const owner = { pid: `${process.pid}`, application: visible(application ?? process.name), user: visible(user) };
  if (event === "exit") return row("-", "-", "-", owner, "");
  const modules = process.modules?.map((module) => `module ${module}`) ?? ["modules could not be read"];
  const started = `started ${new Date(process.startedAt / 1000).toISOString()}`;
  const below = [started, ...belongings(process), ...modules].map((line) => `${INDENT}${visible(line)}\n`);
  return row("-", "-", "-", owner, visible(commandText(process))) + below.join("");
}

function row(protocol: string, near: string, far: string, { pid, application, user }: Owner, details: string): string {
  const cells = `${protocol.padEnd(3)}  ${near.padEnd(21)}  ${far.padEnd(21)}  ${pid.padEnd(7)}`;
  return `${`${cells}  ${padded(application, 15)}  ${padded(user, 8)}  ${details}`.trimEnd()}\n`;
}

function endpoint(end: Endpoint): string {
  return visible(endpointText(end)); // an interface's name may hold what a terminal would obey
}

/** Moments as ISO 8601 in UTC with milliseconds; many lines have the same. */
function createTimes(): (at: Micros) => string {
  let [last, text] = [Number.NaN, ""];
  return (at) => {
    const milliseconds = Math.floor(at / 1000);
    if (milliseconds !== last) [last, text] = [milliseconds, new Date(milliseconds).toISOString()];
    return text;
  };
}
