/** What is used of the package, which brings no types. */
declare module "@ldapjs/asn1" {
  export class BerReader {
    constructor(buffer: Buffer);
    /** The length of the element of which `readLength` was called last. */
    readonly length: number;
    readInt(tag?: number): number;
    readOID(tag?: number): string | null;
    /** Where the contents begin, given where the length does; null where the bytes end before. */
    readLength(offset: number): number | null;
  }

  export class BerWriter {
    readonly buffer: Buffer;
    startSequence(tag?: number): void;
    endSequence(): void;
    writeInt(value: number, tag?: number): void;
    writeEnumeration(value: number, tag?: number): void;
    writeBoolean(value: boolean, tag?: number): void;
    writeString(value: string, tag?: number): void;
    writeBuffer(value: Buffer, tag: number): void;
    writeOID(value: string, tag?: number): void;
    writeNull(): void;
  }
}
