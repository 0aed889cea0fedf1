/** What a server of Winsock Proxy says to a hello, as free clients expect it: 172 bytes, signed, with the command 0x10xx. */
export function helloAcknowledged(): Buffer {
  const record = Buffer.alloc(172);
  record.writeUInt32BE(0x00010200, 4);
  record.writeUInt32BE(0x00007919, 8);
  record.write("RWSP", 24, "latin1");
  record.writeUInt16BE(0x1000, 36);
  return record;
}

/** A configuration as ISA Server hands it out (KB832919 shows one). */
export const MSPCLNT = [
  "10.0.0.0 10.255.255.255",
  "127.0.0.1 127.0.0.1",
  "",
  ";",
  "; This file should not be edited.",
  "[Common]",
  "WebProxyPort=8080",
  "Port=1745",
  "Configuration Refresh Time (Hours)=2",
  "[Servers Ip Addresses]",
  "Name=pier-proxy",
  "",
].join("\r\n");
