/**
 * The effective user id from `text`, the content of /proc/PID/status (proc_pid_status(5)). The owner of the folder
 * /proc/PID does not do: it is root for every process that may not be dumped. Absent when the line is missing.
 */
export function parseUid(text: string): number | undefined {
  const at = text.indexOf("\nUid:\t");
  if (at < 0) return undefined;
  const effective = text.slice(at + 6, text.indexOf("\n", at + 6)).split("\t")[1];
  const uid = Number(effective);
  return effective !== undefined && effective !== "" && Number.isSafeInteger(uid) ? uid : undefined;
}
