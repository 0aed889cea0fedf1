/** SVR_RESP as MC-SQLR section 2.2.5 lays it out: 5, the length, and pairs with semicolons between them. */
export function browserReply(instances: { [name: string]: string }[]): Buffer {
  const text = instances.map((pairs) => `${Object.entries(pairs).flat().join(";")};;`).join("");
  const length = Buffer.alloc(2);
  length.writeUInt16LE(Buffer.byteLength(text));
  return Buffer.concat([Buffer.of(0x05), length, Buffer.from(text)]);
}

/** Two instances, as the document's example has them (MC-SQLR section 4.2). */
export const INSTANCES = [
  { ServerName: "ILSUNG1", InstanceName: "YUKONSTD", IsClustered: "No", Version: "9.00.1399.06", tcp: "57137" },
  {
    ServerName: "ILSUNG1",
    InstanceName: "YUKONDEV",
    IsClustered: "No",
    Version: "9.00.1399.06",
    np: "\\\\ILSUNG1\\pipe\\MSSQL$YUKONDEV\\sql\\query",
  },
];
