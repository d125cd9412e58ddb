/**
 * Prometheus durations, in milliseconds.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
interface Unit {
  readonly text: string;
  readonly milliseconds: number;
  /** Printed only when nothing remains: Prometheus writes 8 days as `8d`, not as `1w1d`. */
  readonly onlyExact: boolean;
}

// The units of prometheus/common model/time.go, Duration.String.
const units: readonly Unit[] = [
  { text: "y", milliseconds: 365 * 24 * 60 * 60 * 1000, onlyExact: true },
  { text: "w", milliseconds: 7 * 24 * 60 * 60 * 1000, onlyExact: true },
  { text: "d", milliseconds: 24 * 60 * 60 * 1000, onlyExact: false },
  { text: "h", milliseconds: 60 * 60 * 1000, onlyExact: false },
  { text: "m", milliseconds: 60 * 1000, onlyExact: false },
  { text: "s", milliseconds: 1000, onlyExact: false },
  { text: "ms", milliseconds: 1, onlyExact: false },
];

const grammar = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
// Go keeps a duration in 64-bit nanoseconds: about 292 years.
const MAX_MILLISECONDS = Number((2n ** 63n - 1n) / 1_000_000n);

/**
 * The milliseconds that a Prometheus duration means, or `undefined` when it is not one.
 *
 * @example
 * parseDuration("1h30m"); // 5_400_000
 * parseDuration("1.5h"); // undefined: no fractions
 */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const match = text === "" ? null : grammar.exec(text);
  if (match === null) return undefined;
  const total = units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit.milliseconds, 0);
  return total > MAX_MILLISECONDS ? undefined : total;
}

/**
 * The text that Prometheus prints for a number of milliseconds.
 *
 * @example
 * printDuration(28 * 24 * 60 * 60 * 1000); // "4w"
 */
export function printDuration(milliseconds: number): string {
  if (milliseconds === 0) return "0s";
  let rest = milliseconds;
  let text = "";
  for (const unit of units) {
    if (unit.onlyExact && rest % unit.milliseconds !== 0) continue;
    const count = Math.floor(rest / unit.milliseconds);
    if (count === 0) continue;
    text += `${count}${unit.text}`;
    rest -= count * unit.milliseconds;
  }
  return text;
}
