/** What SQL Server says to PRELOGIN (MS-TDS section 2.2.6.5): its version, and whether it encrypts. */
export function preloginReply(version: [major: number, minor: number, build: number], encryption: number): Buffer {
  const [major, minor, build] = version;
  const options = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff];
  const values = [major, minor, build >> 8, build & 255, 0, 0, encryption];
  const length = 8 + options.length + values.length;
  return Buffer.from([4, 1, 0, length, 0, 0, 1, 0, ...options, ...values]);
}
