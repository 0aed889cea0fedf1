import { APP, APPS } from "./documents/applications.ts";
import { DIFF } from "./documents/diff.ts";
import { DOCTOR } from "./documents/doctor.ts";
import { EVENT_LINE, WATCH } from "./documents/event.ts";
import type { DocumentDefinition } from "./documents/field.ts";
import { IMPORT } from "./documents/import.ts";
import { PROFILE } from "./documents/profile.ts";
import { QUERY, QUERY_LINE } from "./documents/query.ts";
import { SERVICE } from "./documents/service.ts";
import { SNAPSHOT, SOCKET_LINE } from "./documents/snapshot.ts";
import { VERIFY } from "./documents/verify.ts";
import { WHO } from "./documents/who.ts";
import { WHO_LINE, WHO_LINES } from "./documents/who-line.ts";

/**
 * The one place where the fields of every document are defined: name, type, unit, one sentence, platforms, and whether
 * a field may be absent. TypeScript's types, the JSON Schema files, the page of fields, the CSV columns and the text
 * table derive from it; `scripts/generate.ts` writes what is committed.
 */
export const DOCUMENTS: readonly DocumentDefinition[] = [
  SNAPSHOT,
  SOCKET_LINE,
  EVENT_LINE,
  WATCH,
  PROFILE,
  VERIFY,
  DIFF,
  WHO,
  WHO_LINE,
  WHO_LINES,
  APPS,
  APP,
  QUERY,
  QUERY_LINE,
  IMPORT,
  SERVICE,
  DOCTOR,
];

export { EVENT_CSV_COLUMNS } from "./documents/event.ts";
export type { DocumentDefinition, Field, Fields, Type } from "./documents/field.ts";
export type { ProfileDocument } from "./documents/profile.ts";
export { type Column, CSV_COLUMNS, TABLE_COLUMNS } from "./documents/socket-columns.ts";
