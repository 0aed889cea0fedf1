import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReader, openWriter } from "../../src/store/open.ts";
import { storeContract } from "./store.ts";

storeContract({
  name: "SQLite",
  async place() {
    const folder = await mkdtemp(join(tmpdir(), "portolan-store-"));
    const path = join(folder, "record.db");
    return {
      writer: (life) => openWriter(path, life),
      reader: () => openReader(path),
      remove: () => rm(folder, { recursive: true }),
    };
  },
});
