/** The settings that an installation begins with: every one as it is without the file. */
export const SETTINGS = `# Settings of Portolan's recorder: docs/configuration.md describes each.
`;
