/** What a person calls a container: the name that it was given, and the image that it was made from. */
export type ContainerName = { name?: string; image?: string };

/**
 * The containers in `text` by their ids, as Podman and CRI-O keep them: the `containers.json` of containers/storage, a list
 * in whose entries `metadata` is a text of JSON with the engine's own words.
 */
export function parseStorage(text: string): Map<string, ContainerName> {
  const containers = new Map<string, ContainerName>();
  for (const entry of listOf(parse(text))) {
    const { id, names, metadata } = recordOf(entry);
    if (typeof id !== "string") continue;
    const words = recordOf(typeof metadata === "string" ? parse(metadata) : undefined);
    containers.set(id, nameOf(words.name ?? listOf(names)[0], words["image-name"]));
  }
  return containers;
}

/** The container in `text`, the `config.v2.json` of Docker, whose names begin with a slash. Undefined where it is none. */
export function parseDocker(text: string): ContainerName | undefined {
  const { Name: name, Config: config } = recordOf(parse(text));
  return typeof name === "string" ? nameOf(name.replace(/^\//, ""), recordOf(config).Image) : undefined;
}

function nameOf(name: unknown, image: unknown): ContainerName {
  return {
    ...(typeof name === "string" && name !== "" && { name }),
    ...(typeof image === "string" && image !== "" && { image }),
  };
}

/** Files that others write may be cut off or hold anything. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
