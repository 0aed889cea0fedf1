import { compose } from "./compose.ts";
import { dockerfile } from "./dockerfile.ts";
import { firewalld } from "./firewalld.ts";
import { iana } from "./iana.ts";
import type { DeclarationFile, Importer } from "./importer.ts";
import { kubernetes } from "./kubernetes.ts";
import { services } from "./services.ts";
import { systemd } from "./systemd.ts";
import { ufw } from "./ufw.ts";

/** Every kind of file that can be read, in the order in which it is tried. */
export const IMPORTERS: readonly Importer[] = [
  dockerfile,
  kubernetes,
  compose,
  systemd,
  firewalld,
  services,
  iana,
  ufw,
];

/** The kind of file that this one is; undefined where none fits. */
export function importerOf(file: DeclarationFile): Importer | undefined {
  return IMPORTERS.find((importer) => importer.matches(file));
}
