import type { RecorderLife } from "../../model/record.ts";

/** A row of `life`, as `LIFE_COLUMNS` selects it. */
export type LifeRow = {
  startedAt: number;
  until: number;
  ended: number;
  host: string;
  collector: string;
  version: string;
  bootId: string | null;
};

export const LIFE_COLUMNS = "started_at as startedAt, until, ended, host, collector, version, boot_id as bootId";

export function lifeOf({ startedAt, until, ended, host, collector, version, bootId }: LifeRow): RecorderLife {
  const life = { startedAt, until, ended: ended !== 0, host, collector, version };
  return bootId === null ? life : { ...life, bootId };
}
