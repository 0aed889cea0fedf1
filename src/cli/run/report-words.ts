/** `count` with separators between thousands: `200,000`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `count` and its noun, in the plural where that is due: `1 port`, `2 ports`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const UNITS = ["kB", "MB", "GB", "TB", "PB"];

/** `bytes` for people, in units of 1000, with two digits at least where there are any: `999 B`, `1.2 kB`, `34 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  for (const unit of UNITS) {
    value /= 1000;
    // 999.5 would round to four digits: the next unit says it shorter.
    if (value < 999.5) return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
  }
  return `${countText(Math.round(value))} PB`;
}

/** A number of seconds for people: `0.3 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return parts(Math.floor(whole / 60), "min", whole % 60, "s");
  return parts(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** What the common errors of bind and connect mean (connect(2), bind(2)). */
const MEANINGS: Record<string, string> = {
  EACCES: "not permitted",
  EADDRINUSE: "address already in use",
  EADDRNOTAVAIL: "no such address here",
  EAFNOSUPPORT: "address family not supported",
  ECONNABORTED: "aborted",
  ECONNREFUSED: "refused: nothing listens there",
  ECONNRESET: "reset by the peer",
  EHOSTUNREACH: "host unreachable",
  EINVAL: "invalid",
  ENETUNREACH: "network unreachable",
  EPERM: "not permitted",
  ETIMEDOUT: "timed out",
};

/** An errno name with its meaning where it is a common one: `refused: nothing listens there (ECONNREFUSED)`. */
export function errorText(error: string): string {
  const meaning = MEANINGS[error];
  return meaning === undefined ? error : `${meaning} (${error})`;
}
