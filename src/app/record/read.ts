import type { RecordReader } from "../../model/record.ts";
import { openReader } from "../../store/open.ts";

/** Asks the record that `store` names, and closes it whatever comes of it. @throws what `openReader` throws. */
export async function withRecord<T>(store: string | undefined, ask: (record: RecordReader) => Promise<T>): Promise<T> {
  const record = await openReader(store);
  try {
    return await ask(record);
  } finally {
    await record.close();
  }
}
