import { hash } from "node:crypto";

/** 16 bytes that stand for a text: half of its SHA-256, which no two texts will share by accident. */
export function digest(text: string): Uint8Array {
  return hash("sha256", text, "buffer").subarray(0, 16);
}
