import { isScalar, isSeq, type Node } from "yaml";
import type { ManifestConnect, ManifestListen, ManifestNote } from "../../model/manifest.ts";
import { isPeer } from "../../model/manifest-cover.ts";
import { type FieldNodes, quoted, readFields, readFlag, readText, readWord } from "./fields.ts";
import type { Issues } from "./issues.ts";
import { readPorts } from "./ports.ts";

const NOTE = ["feature", "reason", "required"] as const;
const PEERS = 'a peer is a name ("*.example.net"), an address, a block ("10.0.0.0/8"), or any, loopback, lan, resolver';

/** A line under `listens`. */
export function readListen(node: Node, issues: Issues): ManifestListen | undefined {
  const fields = readFields(node, ["protocol", "port", "scope", ...NOTE], "a line of listens", issues);
  if (fields === undefined || !complete(fields, ["protocol", "port", "scope"], "a line of listens", issues))
    return undefined;
  const { values } = fields;
  const protocol = readWord(values.protocol, ["tcp", "udp"], "protocol", issues);
  const ports = values.port && readPorts(values.port, issues);
  const scope = readWord(values.scope, ["loopback", "network"], "scope", issues);
  const note = readNote(values, issues);
  return protocol && ports && scope && { protocol, ports, scope, ...note };
}

/** A line under `connects`. */
export function readConnect(node: Node, issues: Issues): ManifestConnect | undefined {
  const fields = readFields(node, ["protocol", "port", "peers", ...NOTE], "a line of connects", issues);
  if (fields === undefined || !complete(fields, ["protocol", "port", "peers"], "a line of connects", issues))
    return undefined;
  const { values } = fields;
  const protocol = readWord(values.protocol, ["tcp", "udp"], "protocol", issues);
  const ports = values.port && readPorts(values.port, issues);
  const peers = values.peers && readPeers(values.peers, issues);
  const note = readNote(values, issues);
  return protocol && ports && peers && { protocol, ports, peers, ...note };
}

function complete<Key extends string>(fields: FieldNodes<Key>, keys: Key[], what: string, issues: Issues): boolean {
  const missing = keys.filter((key) => fields.values[key] === undefined);
  if (missing.length > 0) issues.add(fields.node, `${what} lacks ${missing.join(" and ")}`);
  return missing.length === 0;
}

function readNote(values: Partial<Record<(typeof NOTE)[number], Node>>, issues: Issues): ManifestNote {
  const feature = readText(values.feature, "feature", issues);
  const reason = readText(values.reason, "reason", issues);
  const required = readFlag(values.required, "required", issues);
  return {
    ...(feature === undefined ? {} : { feature }),
    ...(reason === undefined ? {} : { reason }),
    ...(required === undefined ? {} : { required }),
  };
}

function readPeers(node: Node, issues: Issues): string[] | undefined {
  if (!isSeq(node) || node.items.length === 0) {
    issues.add(node, `peers must be a list with at least one of them: ${PEERS}`);
    return undefined;
  }
  const peers: string[] = [];
  for (const item of node.items as Node[]) {
    const peer = isScalar(item) ? item.value : undefined;
    if (typeof peer !== "string" || !isPeer(peer)) issues.add(item, `${quoted(peer)} is no peer: ${PEERS}`);
    else if (peers.includes(peer)) issues.add(item, `the peer ${quoted(peer)} is stated twice in one line`);
    else peers.push(peer);
  }
  return peers;
}
