/** An endpoint of a mapper that follows C706: interface, annotation, and the floors of its tower above the third. */
export type Registered = { uuid: string; annotation: string; floors: Floor[] };
/** A floor: the protocol's number, and its address. */
export type Floor = [number, Buffer];
export type Order = "big" | "little";

/** Numbers of two or four bytes, in one order. */
function numbers(order: Order) {
  const write = (size: 2 | 4) => (value: number) => {
    const bytes = Buffer.alloc(size);
    if (order === "little") bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  };
  return { two: write(2), four: write(4) };
}

function uuidBytes(text: string, order: Order): Buffer {
  const bytes = Buffer.from(text.replaceAll("-", ""), "hex");
  if (order === "little")
    for (const [from, to] of [
      [0, 4],
      [4, 6],
      [6, 8],
    ])
      bytes.subarray(from, to).reverse();
  return bytes;
}

/** A protocol tower (C706 appendix L), whose own numbers have their least significant byte first. */
function tower({ uuid, floors }: Registered): Buffer {
  const { two } = numbers("little");
  const floor = (left: Buffer, right: Buffer) => Buffer.concat([two(left.length), left, two(right.length), right]);
  const syntax = (id: string, major: number) =>
    floor(Buffer.concat([Buffer.of(0x0d), uuidBytes(id, "little"), two(major)]), two(0));
  const below = floors.map(([protocol, address]) => floor(Buffer.of(protocol), address));
  const ndr = syntax("8a885d04-1ceb-11c9-9fe8-08002b104860", 2);
  return Buffer.concat([two(floors.length + 2), syntax(uuid, 1), ndr, ...below]);
}

/** The results of ept_lookup in NDR (C706 appendix O and section 14.3); `handle` where there is more. */
export function results(entries: Registered[], order: Order, most: number, handle?: Buffer): Buffer {
  const { four } = numbers(order);
  let body = Buffer.concat([
    handle ?? Buffer.alloc(20),
    four(entries.length),
    four(most),
    four(0),
    four(entries.length),
  ]);
  const add = (...parts: Buffer[]) => {
    const padding = Buffer.alloc((4 - (body.length % 4)) % 4);
    body = Buffer.concat([body, padding, ...parts]);
  };
  for (const [i, { annotation }] of entries.entries()) {
    const text = Buffer.from(`${annotation}\0`);
    add(Buffer.alloc(16), four(i + 1), four(0), four(text.length), text);
  }
  for (const entry of entries) {
    const bytes = tower(entry);
    add(four(bytes.length), four(bytes.length), bytes);
  }
  add(four(handle === undefined ? 0x16c9a0d6 : 0));
  return body;
}

/** A message of the connection-oriented protocol (C706 section 12.6.4). */
export function pdu(type: number, body: Buffer, order: Order, flags = 3): Buffer {
  const { two, four } = numbers(order);
  const representation = Buffer.from([order === "little" ? 0x10 : 0, 0, 0, 0]);
  return Buffer.concat([Buffer.of(5, 0, type, flags), representation, two(16 + body.length), two(0), four(1), body]);
}

/** A response with results (C706 section 12.6.4.10), in fragments of `size` bytes. */
export function response(stub: Buffer, order: Order, size = 4096): Buffer {
  const fragments: Buffer[] = [];
  for (let at = 0; at < stub.length; at += size) {
    const flags = (at === 0 ? 1 : 0) | (at + size >= stub.length ? 2 : 0);
    fragments.push(pdu(2, Buffer.concat([Buffer.alloc(8), stub.subarray(at, at + size)]), order, flags));
  }
  return Buffer.concat(fragments);
}

/** A message of the connectionless protocol in reply to `request` (C706 section 12.5.2), of the kind `type`. */
export function datagram(request: Uint8Array, type: number, body: Buffer, order: Order, flags = 0): Buffer {
  const { two, four } = numbers(order);
  const start = Buffer.from([4, type, flags, 0, order === "little" ? 0x10 : 0, 0, 0, 0]);
  // Object, interface and activity are those of the request.
  const ids = Buffer.from(request.subarray(8, 56));
  const rest = [four(1), four(3), four(0), two(2), two(0xffff), two(0xffff), two(body.length), two(0), Buffer.of(0, 0)];
  return Buffer.concat([start, ids, ...rest, body]);
}
