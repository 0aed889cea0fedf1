import type { ProfileDocument } from "./documents/profile.ts";

/** The document `portolan.profile/1`: what one application did with the network while it was watched. */
export type Profile = ProfileDocument;

export type ProfileProcess = Profile["processes"][number];
export type ProfileGap = Profile["gaps"][number];
export type ProfileCoverage = Profile["coverage"];

/** How surely a listen or a connect belongs to a function. */
export type ProfileAttribution = NonNullable<ProfileListen["attribution"]>[number];

/** What a run without a network tells. */
export type ProfileOffline = NonNullable<Profile["offline"]>;

/** A port that the application listened on. */
export type ProfileListen = Profile["listens"][number];
export type ProfilePeer = ProfileListen["peers"][number];

/** A remote port that the application used, or tried to. */
export type ProfileConnect = Profile["connects"][number];

/** What a listen and a connect have in common. Absent: not known, never zero. */
export type ProfileUsage = Pick<
  ProfileConnect,
  | "pids"
  | "pidsPartial"
  | "flows"
  | "bytesIn"
  | "bytesOut"
  | "bytesPartial"
  | "errors"
  | "features"
  | "attribution"
  | "callers"
  | "evidence"
  | "firstSeen"
  | "lastSeen"
>;

/** A bind that the kernel refused, once or many times. */
export type ProfileFailedBind = Profile["failedBinds"][number];

/** What can be said while the observation goes on. */
export type ProfileSoFar = { listening: number; flows: number; failed: number; processes: number; gaps: number };
