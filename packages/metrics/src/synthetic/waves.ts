import { fractionOf } from "./random.ts";

const day = 86_400;
const turns = 2 * Math.PI;
const waves = [
  { period: day, height: 0.22 },
  { period: 5_400, height: 0.08 },
  { period: 780, height: 0.06 },
];

/** Of each wave how far it is when time begins. All days are alike, nearly. */
function startsOf(whose: string): readonly number[] {
  return waves.map((_, index) => fractionOf(`${index} ${whose}`) * (index === 0 ? 0.1 : 1));
}

/** How much of the usual there is at a time: around 1, more by day than by night, always more than 0. A text says whose wave it is. */
export function waveAt(whose: string): (time: number) => number {
  const own = startsOf(whose);
  return (time) => {
    let sum = 1;
    for (const [index, { period, height }] of waves.entries())
      sum += height * Math.sin(turns * (time / period + (own[index] ?? 0)));
    return sum;
  };
}

/** What adds up since a time, where as much as the wave says comes in each second. It never falls. */
export function waveSum(whose: string, since: number): (time: number) => number {
  const own = startsOf(whose);
  const primitive = (time: number): number => {
    let sum = time;
    for (const [index, { period, height }] of waves.entries())
      sum -= ((height * period) / turns) * Math.cos(turns * (time / period + (own[index] ?? 0)));
    return sum;
  };
  const atStart = primitive(since);
  // The buckets of a histogram are asked for the same few times, one bucket after the other.
  const times = new Float64Array(remembered).fill(Number.NaN);
  const sums = new Float64Array(remembered);
  let next = 0;
  return (time) => {
    const known = times.indexOf(time);
    if (known !== -1) return sums[known] ?? 0;
    const sum = primitive(time) - atStart;
    times[next] = time;
    sums[next] = sum;
    next = (next + 1) % remembered;
    return sum;
  };
}

const remembered = 8;
