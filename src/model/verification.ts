import type { VerifyDocument } from "./documents/verify.ts";

/** The document `portolan.verify/1`: whether an application keeps to its manifest. */
export type Verification = VerifyDocument;

export type VerifiedLine = Verification["lines"][number];

/** Something that was used and is not stated. */
export type BrokenUse = Verification["broken"][number];

/** Whether the line has to be seen and was not. */
export function isMissing(line: VerifiedLine): boolean {
  return line.required === true && line.answer === "not-seen";
}
