import type { Endpoint } from "../../model/endpoint.ts";
import type { Process } from "../../model/process.ts";
import { processDocument } from "../../model/snapshot-document.ts";
import type { Socket } from "../../model/socket.ts";
import { jsonText } from "../json-text.ts";

/**
 * Writes sockets as JSON, each the text of its `SocketDocument`. It is put together by hand, because that takes a third
 * of the time of building and serialising 110,000 objects; processes are remembered, because one may hold them all.
 */
export function createSocketText(): (socket: Socket) => string {
  const known = new Map<Process, string>();
  const processText = (process: Process) => {
    let text = known.get(process);
    if (text === undefined) {
      text = jsonText(processDocument(process));
      known.set(process, text);
    }
    return text;
  };
  return (socket) => {
    const { protocol, state, local, remote, networkNamespace, application, evidence, processes } = socket;
    const only = processes.length === 1 ? processes[0] : undefined;
    const owners = only === undefined ? processes.map(processText).join(",") : processText(only);
    return (
      `{"protocol":"${protocol}","state":"${state}","local":${endpointText(local)}` +
      `${remote === undefined ? "" : `,"remote":${endpointText(remote)}`},"networkNamespace":${networkNamespace}` +
      `${application === undefined ? "" : `,"application":${quoted(application)}`},"processes":[${owners}]` +
      `,"evidence":${evidence.candidates ? jsonText(evidence) : `{"source":"${evidence.source}"}`}}`
    );
  };
}

function endpointText({ address, port }: Endpoint): string {
  return `{"address":${quoted(address)},"port":${port}}`;
}

function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return jsonText(text);
  }
  return `"${text}"`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
