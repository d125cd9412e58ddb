const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const whole = /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * The milliseconds of a duration as Go reads it, which is how every option of the collector is read: `1h30m`, `1.5s`, `-1s`; `undefined` for what is none. Days
 * and weeks are none.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDuration(text: string): number | undefined {
  if (/^[-+]?0$/.test(text)) return 0;
  if (!whole.test(text)) return undefined;
  const total = [...text.matchAll(part)].reduce(
    (sum, [, amount = "", unit = ""]) => sum + Number(amount) * (milliseconds[unit] ?? Number.NaN),
    0,
  );
  return text.startsWith("-") ? -total : total;
}
