import type { ProfileSoFar } from "../../model/profile.ts";
import { fitted } from "../width.ts";
import { counted, countText, durationText } from "./report-words.ts";

/** The line that a terminal shows while the application runs; at most `width` columns, without a line's end. */
export function liveText(soFar: ProfileSoFar, seconds: number, width: number): string {
  const facts = [
    durationText(Math.floor(seconds)).replace(".0", ""),
    `${countText(soFar.listening)} listening`,
    counted(soFar.flows, "connection"),
    counted(soFar.processes, "process", "processes"),
    ...(soFar.gaps === 0 ? [] : [counted(soFar.gaps, "gap")]),
  ].join(" · ");
  const whole = `${facts} · Ctrl+C ends`;
  return whole.length <= width ? whole : fitted(facts, width);
}
