/** How much of one processor looking may take. */
const SHARE = 0.05;
/** However long a look takes, the next one is not further away than this. */
const LONGEST = 5_000;

/** When to look next, in milliseconds, so that looking stays cheap. */
export type Pace = {
  /** Tells how long the last look took. */
  took(milliseconds: number): void;
  delay(): number;
  /** How often was looked so far, in words: `polled every 100 ms`. */
  text(): string;
};

/** Looks each `interval`, less often where looks are so long that they would take more than a twentieth of the time. */
export function createPace(interval: number): Pace {
  let delay = interval;
  let longest = interval;
  return {
    took: (milliseconds) => {
      delay = Math.round(Math.min(LONGEST, Math.max(interval, milliseconds * (1 / SHARE - 1))));
      longest = Math.max(longest, delay);
    },
    delay: () => delay,
    text: () => (longest === interval ? `polled every ${interval} ms` : `polled every ${interval} to ${longest} ms`),
  };
}
