import { githubText } from "../formats/verification/github.ts";
import { junitText } from "../formats/verification/junit.ts";
import { sarifText } from "../formats/verification/sarif.ts";
import type { Verification } from "../model/verification.ts";

export { lineText, type Remark, remarksOn } from "../formats/verification/words.ts";

/** Forms that other programs read. */
export const FORMS: { readonly [name: string]: (verification: Verification, version: string) => string } = {
  sarif: sarifText,
  junit: junitText,
  github: githubText,
};
