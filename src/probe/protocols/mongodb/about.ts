import type { FieldValue } from "../../protocol.ts";
import type { Document } from "./bson.ts";

/** What is told of the reply to `hello` ("hello", its output), under its own names but for two that are old. */
const TOLD: { [name: string]: string } = {
  ismaster: "writablePrimary",
  isWritablePrimary: "writablePrimary",
  secondary: "secondary",
  arbiterOnly: "arbiterOnly",
  msg: "role",
  setName: "replicaSet",
  primary: "primary",
  me: "me",
  hosts: "hosts",
  readOnly: "readOnly",
  minWireVersion: "minWireVersion",
  maxWireVersion: "maxWireVersion",
  localTime: "time",
  errmsg: "error",
};

/** The fields of a server's greeting. */
export function about(said: Document): { [name: string]: FieldValue } {
  const fields: { [name: string]: FieldValue } = {};
  for (const [name, field] of Object.entries(TOLD)) {
    const value = said.get(name);
    const shown = Array.isArray(value) ? value.filter((each) => typeof each === "string") : value;
    if (shown instanceof Date) {
      if (!Number.isNaN(shown.getTime())) fields[field] = shown.toISOString();
    } else if (shown !== undefined) fields[field] = shown;
  }
  return fields;
}
