import type { Installed } from "../../app/service/service.ts";
import type { ServiceDocument } from "../../model/documents/service.ts";
import { visible } from "../visible.ts";

/** What `service install` did, and what comes next. */
export function installedText({ unitFile, configurationFile, configurationKept, writable }: Installed): string {
  const lines = [
    `Installed ${unitFile}: the recorder starts with the machine.`,
    `Its settings are in ${configurationFile}${configurationKept ? ", which stays as it was" : ""}.`,
    "Start it now:  sudo ./portolan service start",
  ];
  if (writable !== undefined) {
    lines.push(
      "",
      `Caution: not only root can write to ${visible(writable)}, and whoever can decides what root runs.`,
      "Give the checkout to root:  sudo chown -R root:root . && sudo chmod -R go-w .",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** The service in a sentence or two. */
export function statusText(document: ServiceDocument): string {
  const lines = [sentence(document)];
  if (document.status !== undefined) lines.push(`It says: ${visible(document.status)}`);
  const next = nextStep(document);
  if (next !== undefined) lines.push(next);
  return `${lines.join("\n")}\n`;
}

function sentence({ manager, installed, active, atBoot, pid, since, result }: ServiceDocument): string {
  if (manager === "none") return "There is no systemd here, so the recorder is no service.";
  if (!installed) return "The recorder is not installed as a service.";
  const boot = atBoot === true ? "it starts with the machine" : "it does not start with the machine";
  if (active === "active")
    return `The recorder runs${pidText(pid)}${since === undefined ? "" : ` since ${since}`}; ${boot}.`;
  if (active === "failed") return `The recorder failed${result === undefined ? "" : ` (${result})`}; ${boot}.`;
  return `The recorder does not run (${active}); ${boot}.`;
}

function pidText(pid: number | undefined): string {
  return pid === undefined ? "" : ` as process ${pid}`;
}

function nextStep({ manager, installed, active }: ServiceDocument): string | undefined {
  if (manager === "none") return "Record in the foreground:  sudo ./portolan record";
  if (!installed) return "Install it:  sudo ./portolan service install";
  if (active === "active" || active === "activating") return undefined;
  return active === "failed" ? "See why:  journalctl -u portolan -n 50" : "Start it:  sudo ./portolan service start";
}

/** What `service uninstall` did. */
export function uninstalledText({ removed }: { removed: boolean }): string {
  if (!removed) return "The recorder was not installed as a service: nothing to remove.\n";
  return "Uninstalled. The record in /var/lib/portolan and the settings in /etc/portolan stay.\n";
}
