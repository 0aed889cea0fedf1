import type { LogLevel } from "../../formats/config/settings.ts";

/** Something that the recorder tells whoever looks after it: a sentence for people, and fields for programs. */
export type Notice = {
  event:
    | "started"
    | "ready"
    | "stopped"
    | "degraded"
    | "gap"
    | "loss"
    | "disk-full"
    | "room-again"
    | "retention"
    | "clock-step";
  level: LogLevel;
  text: string;
  fields?: { [name: string]: unknown };
};

export type Tell = (notice: Notice) => void;
