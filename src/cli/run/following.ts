import { visible } from "../visible.ts";
import { counted } from "./report-words.ts";

/** What stderr says once a running application is followed. */
export function followingText(application: string, processes: number): string {
  const many = counted(processes, "process", "processes");
  return `portolan: following ${visible(application)} (${many}). Ctrl+C ends this and leaves it alone.\n`;
}
