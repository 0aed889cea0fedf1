/** Record types that the scenarios use (RFC 1035 section 3.2.2, RFC 3596). */
export const TYPE = { A: 1, CNAME: 5, AAAA: 28 } as const;

export type Question = { id: number; name: string; type: number };
export type DnsRecord = { name: string; type: number; data: Buffer };

/** A query with one question (RFC 1035 section 4.1), recursion desired. */
export function query({ id, name, type }: Question): Buffer {
  const header = Buffer.from([id >> 8, id & 255, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, nameBytes(name), Buffer.from([0, type, 0, 1])]);
}

/** The question of a query or an answer that has exactly one. */
export function questionOf(message: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { id: message.readUInt16BE(0), name: labels.join("."), type: message.readUInt16BE(at + 1) };
}

/** The number of answers that `message` carries. */
export function answerCount(message: Buffer): number {
  return message.readUInt16BE(6);
}

/** The answer to `question`; without records it says that there are none of this type. */
export function answer(question: Question, records: DnsRecord[]): Buffer {
  const { id } = question;
  const header = Buffer.from([id >> 8, id & 255, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
  const asked = query(question).subarray(12);
  const bodies = records.flatMap(({ name, type, data }) => [
    nameBytes(name),
    Buffer.from([0, type, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255]),
    data,
  ]);
  return Buffer.concat([header, asked, ...bodies]);
}

/** `name` as labels, each with its length before it, and the root's empty label. */
export function nameBytes(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
