/**
 * A reply to `query` that gives `name` the IPv4 `address` (RFC 1035 section 4): header, the question repeated, and one
 * answer that points back at the question's name. Any other question gets a reply without answers.
 */
export function aReply(query: Buffer, name: string, address: string): Buffer {
  const labels = Buffer.concat(
    [...name.split("."), ""].map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
  );
  const question = query.subarray(12, 12 + labels.length + 4);
  const isA = question.readUInt16BE(labels.length) === 1 && question.subarray(0, labels.length).equals(labels);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isA ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]);
  return isA ? Buffer.concat([header, question, answer]) : Buffer.concat([header, question]);
}
