import type { Conversation, FieldValue, ProbeProtocol } from "../protocol.ts";
import { about } from "./mongodb/about.ts";
import { type Document, document } from "./mongodb/bson.ts";
import { buildInfo, hello, reply } from "./mongodb/message.ts";

/**
 * MongoDB ("MongoDB Wire Protocol"): what every driver asks first, and then the version, which a server tells to strangers
 * up to 8.0. Nothing is read of what it keeps.
 */
export const mongodb: ProbeProtocol = {
  name: "mongodb",
  services: ["mongodb", "mongod"],
  ports: [{ protocol: "tcp", port: 27017 }],
  tcp: conversation,
};

/** From 3.6 on a server knows the message in which the version is asked for ("OP_MSG"). */
const KNOWS_MESSAGES = 6;

function conversation(): Conversation {
  let greeted: { [name: string]: FieldValue } | undefined;
  return {
    first: hello(),
    next(received, ended) {
      const heard = reply(received);
      if (heard === "unfinished" && !ended) return { more: true };
      const said = typeof heard === "string" ? undefined : document(heard);
      if (greeted !== undefined) return answer({ ...greeted, ...(said && version(said)) });
      if (said === undefined) return { foreign: true };
      const fields = about(said);
      const newest = said.get("maxWireVersion");
      if (ended || typeof newest !== "number" || newest < KNOWS_MESSAGES) return answer(fields);
      greeted = fields;
      return { send: buildInfo() };
    },
  };
}

/** What `buildInfo` tells, or why it does not. */
function version(said: Document): { [name: string]: FieldValue } {
  const [number, error] = [said.get("version"), said.get("errmsg")];
  if (typeof number === "string") return { version: number };
  return typeof error === "string" ? { error } : {};
}

function answer(fields: { [name: string]: FieldValue }) {
  return { answer: { protocol: "mongodb", fields } };
}
