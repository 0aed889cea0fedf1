import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The launcher of this checkout: what a person types. */
export const LAUNCHER = join(root, "portolan");

/** The Node that the launcher runs. */
export const NODE = join(root, "dist/node");
