import packageJson from "../../package.json" with { type: "json" };

/** Portolan's version, as package.json states it. */
export const VERSION: string = packageJson.version;
