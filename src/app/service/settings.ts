import { exampleSettings } from "../../formats/config/example.ts";

/** The settings that an installation begins with: every one as it is without the file. */
export const SETTINGS = exampleSettings();
