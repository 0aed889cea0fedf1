/** 16 bits, most significant byte first. */
export function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value);
}

/** 32 bits, most significant byte first. */
export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >> 24, value >> 16, value >> 8, value);
}

/** 16 bits, least significant byte first. */
export function le16(value: number): Uint8Array {
  return u16(value).reverse();
}

/** 32 bits, least significant byte first. */
export function le32(value: number): Uint8Array {
  return u32(value).reverse();
}

/** The parts in a row: bytes, and text as ASCII. */
export function join(...parts: (Uint8Array | string)[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part))));
}

/** `bytes` as a Buffer over the same memory. */
export function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether both hold the same bytes. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return buffer(a).equals(b);
}
