import { buffer } from "../wire/bytes.ts";

/** The interface of the endpoint mapper, version 3 (C706 appendix O). */
export const MAPPER = "e1af8308-5d1f-11c9-91a4-08002b14a0fa";
/** The way in which arguments are written, NDR, version 2 (C706 appendix N). */
export const NDR = "8a885d04-1ceb-11c9-9fe8-08002b104860";

/** The 16 bytes of a UUID; the first three of its parts have their least significant byte first. */
export function uuidBytes(text: string): Uint8Array {
  return swapped(Uint8Array.from(Buffer.from(text.replaceAll("-", ""), "hex")));
}

/** A UUID of 16 bytes as text; `order` is that of its first three parts. */
export function uuidText(bytes: Uint8Array, order: "big" | "little" = "little"): string {
  const digits = buffer(order === "little" ? swapped(bytes) : bytes).toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function swapped(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = [bytes.slice(0, 4), bytes.slice(4, 6), bytes.slice(6, 8)];
  return Uint8Array.from([...first.reverse(), ...second.reverse(), ...third.reverse(), ...bytes.subarray(8)]);
}
