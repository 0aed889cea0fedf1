/** What a server sent, taken apart. */
export type Commands = {
  /** The options that it offers to use itself, and those that it asks the client to use. */
  does: number[];
  asks: number[];
  /** What remains for the screen. */
  text: number[];
  /** Whether the last command is still to be completed. */
  unfinished: boolean;
};

/** Commands (RFC 854, "TELNET COMMAND STRUCTURE"). */
const IAC = 255;
const [WILL, WONT, DO, DONT] = [251, 252, 253, 254];
const [SUBNEGOTIATION, SUBNEGOTIATION_END] = [250, 240];

/** Takes apart what a server sent: commands, and the text between them. */
export function commands(received: Uint8Array): Commands {
  const found: Commands = { does: [], asks: [], text: [], unfinished: false };
  for (let at = 0; at < received.length; ) {
    const byte = received[at] ?? 0;
    if (byte !== IAC) {
      // A carriage return alone is followed by a NUL (RFC 854, "THE NVT PRINTER AND KEYBOARD").
      if (byte !== 0) found.text.push(byte);
      at += 1;
      continue;
    }
    const length = take(received.subarray(at), found);
    if (length === undefined) return { ...found, unfinished: true };
    at += length;
  }
  return found;
}

/** Takes the command at the start of `bytes`, and returns its length; undefined where its end is missing. */
function take(bytes: Uint8Array, found: Commands): number | undefined {
  const [, command, option] = bytes;
  if (command === undefined) return undefined;
  if (command === IAC) found.text.push(IAC);
  if (command === SUBNEGOTIATION) {
    const end = Buffer.from(bytes).indexOf(Uint8Array.of(IAC, SUBNEGOTIATION_END));
    return end < 0 ? undefined : end + 2;
  }
  if (command < WILL || command > DONT) return 2;
  if (option === undefined) return undefined;
  if (command === WILL) found.does.push(option);
  if (command === DO) found.asks.push(option);
  return 3;
}

/** Refuses each of the options, as a client may that knows none (RFC 855). */
export function refusals({ does, asks }: Commands): Uint8Array {
  const refused = (command: number, options: number[]) => [...new Set(options)].flatMap((each) => [IAC, command, each]);
  return Uint8Array.from([...refused(DONT, does), ...refused(WONT, asks)]);
}

/** Options (IANA, "Telnet Options") that servers negotiate at the start. */
const OPTIONS: { [option: number]: string } = {
  0: "binary",
  1: "echo",
  3: "suppress go ahead",
  5: "status",
  6: "timing mark",
  18: "logout",
  23: "send location",
  24: "terminal type",
  25: "end of record",
  31: "window size",
  32: "terminal speed",
  33: "remote flow control",
  34: "line mode",
  35: "X display location",
  36: "environment",
  37: "authentication",
  38: "encryption",
  39: "new environment",
};

/** What an option is called. */
export function optionName(option: number): string {
  return OPTIONS[option] ?? `option ${option}`;
}
