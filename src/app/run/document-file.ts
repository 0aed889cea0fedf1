import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeFileSync } from "node:fs";

/** A file that takes one document, opened long before: what it holds stays until there is something better. */
export type DocumentFile = { write(text: string): void };

/** Opens the file at `path` for writing, or makes it. @throws the system's error, here and when it is written. */
export function openDocumentFile(path: string): DocumentFile {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT);
  const empty = (): void => {
    if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor);
  };
  return {
    write(text) {
      try {
        empty();
        writeFileSync(descriptor, text);
      } catch (error) {
        empty(); // half a document would be taken for one
        throw error;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
