import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { GAPS, PROCESS, PROTOCOL } from "./shared.ts";
import { RECORD, SUMS } from "./who.ts";

const INTERVAL = {
  since: { type: "time", text: "From when on; absent: from the beginning of the record.", optional: true },
  until: { type: "time", text: "Until when; absent: until its end.", optional: true },
} as const satisfies Fields;

/** What `apps --json` prints. */
export const APPS = {
  schema: "portolan.apps/1",
  text: "Every application of the record.",
  command: "portolan apps --json",
  fields: {
    schema: { type: ["portolan.apps/1"], text: "Name and major version of this document's schema." },
    ...INTERVAL,
    record: { type: { fields: RECORD }, text: "What the record can answer for." },
    gaps: GAPS,
    applications: {
      type: {
        list: {
          fields: {
            application: { type: "string", text: "The application: a unit, a container, a package or an executable." },
            listens: { type: "integer", text: "How many ports it listened on.", unit: "ports" },
            usages: { type: "integer", text: "How many different uses it made of the network.", unit: "uses" },
            ...SUMS,
          },
        },
      },
      text: "The applications, the latest active first.",
    },
  },
} as const satisfies DocumentDefinition;

const PORT = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  port: { type: "integer", text: "The service's port." },
} as const satisfies Fields;

/** What `app NAME --json` prints. */
export const APP = {
  schema: "portolan.app/1",
  text: "What the record knows of one application.",
  command: "portolan app --json NAME",
  fields: {
    schema: { type: ["portolan.app/1"], text: "Name and major version of this document's schema." },
    application: { type: "string", text: "The application." },
    ...INTERVAL,
    record: { type: { fields: RECORD }, text: "What the record can answer for." },
    gaps: GAPS,
    firstSeen: { type: "time", text: "When it used the network first." },
    lastSeen: { type: "time", text: "When it used the network last." },
    listens: {
      type: {
        list: {
          fields: {
            ...PORT,
            addresses: { type: { list: "string" }, text: "Addresses that it listened on." },
            exposure: { type: ["loopback", "network"], text: "Who could reach it at most." },
            peers: { type: "integer", text: "How many different peers came.", unit: "peers" },
            topPeers: {
              type: { list: { fields: { address: { type: "string", text: "The peer." }, flows: SUMS.flows } } },
              text: "The most frequent peers.",
            },
            ...SUMS,
          },
        },
      },
      text: "Ports that it listened on, with what came in.",
    },
    connects: {
      type: {
        list: {
          fields: {
            ...PORT,
            peer: { type: "string", text: "The other side's address; absent where it is not known.", optional: true },
            names: { type: { list: "string" }, text: "Names by which it asked for the peer.", optional: true },
            ...SUMS,
          },
        },
      },
      text: "Remote ports that it used, or tried to.",
    },
    failedBinds: {
      type: {
        list: {
          fields: {
            ...PORT,
            address: { type: "string", text: "Address that it asked for.", optional: true },
            failed: SUMS.failed,
            lastSeen: SUMS.lastSeen,
          },
        },
      },
      text: "Ports that it could not get.",
    },
    programs: {
      type: {
        list: {
          fields: {
            executable: { type: "string", text: "Path of the executable." },
            sha256: { type: "string", text: "SHA-256 of the file.", optional: true },
            size: { type: "integer", text: "Size of the file.", unit: "bytes", optional: true },
            changedAt: { type: "time", text: "When the file was changed last.", optional: true },
            modules: { type: { list: "string" }, text: "Modules that it had loaded.", optional: true },
            firstSeen: { type: "time", text: "When this version was seen first." },
          },
        },
      },
      text: "Versions of its executables, as far as they are still known.",
    },
    processes: { type: { list: { fields: PROCESS } }, text: "Its latest processes that are still known." },
    hours: {
      type: {
        list: {
          fields: {
            hour: { type: "time", text: "The hour's beginning." },
            flows: SUMS.flows,
            failed: SUMS.failed,
            bytesIn: SUMS.bytesIn,
            bytesOut: SUMS.bytesOut,
          },
        },
      },
      text: "Hours in which it used the network.",
    },
  },
} as const satisfies DocumentDefinition;

export type AppsDocument = DocumentOf<(typeof APPS)["fields"]>;
export type AppDocument = DocumentOf<(typeof APP)["fields"]>;
