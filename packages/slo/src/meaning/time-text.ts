const units = [
  { text: "d", seconds: 86_400 },
  { text: "h", seconds: 3600 },
  { text: "min", seconds: 60 },
  { text: "s", seconds: 1 },
] as const;

/** Seconds as people say them, in the two largest units: `3 h 36 min`. */
export function timeText(seconds: number): string {
  const first = units.find((unit) => Math.round(seconds) >= unit.seconds);
  if (first === undefined) return seconds <= 0 ? "0 s" : "less than 1 s";
  const second = units[units.indexOf(first) + 1];
  // Rounded to the smaller unit first: 3599.6 seconds are an hour.
  const step = second?.seconds ?? 1;
  const rounded = Math.round(seconds / step) * step;
  const whole = Math.floor(rounded / first.seconds);
  const rest = Math.round((rounded - whole * first.seconds) / step);
  return rest === 0 || second === undefined
    ? `${whole} ${first.text}`
    : `${whole} ${first.text} ${rest} ${second.text}`;
}

/** A share as a percentage with three digits that count: `0.144 %`. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
