import type { SocketChange } from "../../model/change.ts";
import { secondsOf } from "../../model/change-document.ts";
import type { Gap } from "../../model/gap.ts";

/** What is worth saying of a change beside what and whose it is; empty where nothing is. */
export function detailText(change: SocketChange): string {
  switch (change.event) {
    case "close":
      return change.socket.state === "SYN_SENT" ? "not seen established" : closeText(change);
    case "traffic":
      return bytesOf(change);
    case "failed":
      return [change.error, waitText(change)].join("");
    case "bind-failed":
      return change.error ?? "";
    case "listen":
    case "open":
      return change.portChosenBy === "system" ? "port chosen by the system" : "";
    default:
      return "";
  }
}

function closeText(change: SocketChange): string {
  const bytes = bytesOf(change);
  const seconds = secondsOf(change);
  if (seconds === undefined) return bytes === "" ? "" : `${bytes} since it was found`;
  const about = change.socket.evidence.source === "polled" ? "about " : "";
  const duration = `${about}${seconds.toFixed(3)} s`;
  return bytes === "" ? duration : `${bytes}, ${duration}`;
}

function bytesOf({ bytesIn, bytesOut }: SocketChange): string {
  const parts = [bytesIn === undefined ? "" : `${bytesIn} B in`, bytesOut === undefined ? "" : `${bytesOut} B out`];
  return parts.filter(Boolean).join(", ");
}

/** Who is refused at once is refused; who waited, waited so long. */
function waitText(change: SocketChange): string {
  const seconds = secondsOf(change) ?? 0;
  return seconds < 1 ? "" : ` after ${seconds.toFixed(3)} s`;
}

/** What may have been missed, and how much where that is known. */
export function gapText({ reason, lost }: Gap): string {
  return lost === undefined ? reason : `${reason} (${lost} lost)`;
}
