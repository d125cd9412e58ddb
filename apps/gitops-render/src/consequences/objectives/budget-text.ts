const units = [
  { text: "d", seconds: 86_400 },
  { text: "h", seconds: 3600 },
  { text: "min", seconds: 60 },
  { text: "s", seconds: 1 },
] as const;

/** How long everything may fail within some days, as people say it, in the two largest units: `3 h 36 min`. */
export function budgetText(objective: number, days: number): string {
  // 100 - 99.9 has noise in its last digits.
  const seconds = Number((((100 - objective) / 100) * days * 86_400).toPrecision(6));
  const first = units.find((unit) => Math.round(seconds) >= unit.seconds);
  if (first === undefined) return seconds <= 0 ? "nothing" : "less than 1 s";
  const second = units[units.indexOf(first) + 1];
  const step = second?.seconds ?? 1;
  const rounded = Math.round(seconds / step) * step;
  const whole = Math.floor(rounded / first.seconds);
  const rest = Math.round((rounded - whole * first.seconds) / step);
  // Three digits say enough: 43 min 12 s are 43 min.
  return rest === 0 || second === undefined || (first.text === "min" && whole >= 10)
    ? `${whole} ${first.text}`
    : `${whole} ${first.text} ${rest} ${second.text}`;
}
