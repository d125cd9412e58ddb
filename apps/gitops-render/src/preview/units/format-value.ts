/** Prints a number with its unit; `decimals` as many as Grafana would choose when there are none. */
export type FormatValue = (value: number, unit?: string, decimals?: number) => string;

/**
 * Prints numbers as Grafana does. The function stands alone: its text is a part of the page, too.
 *
 * @see https://github.com/grafana/grafana/tree/main/packages/grafana-data/src/valueFormats
 */
export function valueFormatter(): FormatValue {
  const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
  const decimal = ["", "k", "M", "G", "T", "P", "E"];
  const counts = ["", "K", "M", "B", "T"];
  const words = ["", "K", "Mil", "Bil", "Tri", "Quadr", "Quint"];
  const prefixed: Record<string, readonly [factor: number, prefixes: readonly string[], unit: string, first?: number]> =
    {
      short: [1000, words, ""],
      bytes: [1024, binary, "B"],
      decbytes: [1000, decimal, "B"],
      kbytes: [1024, binary, "B", 1],
      mbytes: [1024, binary, "B", 2],
      bits: [1024, binary, "b"],
      decbits: [1000, decimal, "b"],
      Bps: [1000, decimal, "B/s"],
      binBps: [1024, binary, "B/s"],
      bps: [1000, decimal, "b/s"],
      binbps: [1024, binary, "b/s"],
      pps: [1000, decimal, "p/s"],
      hertz: [1000, decimal, "Hz"],
      watt: [1000, decimal, "W"],
      sishort: [1000, decimal, ""],
    };
  const perTime: Record<string, string> = {
    cps: "c/s",
    ops: "ops/s",
    reqps: "req/s",
    rps: "rd/s",
    wps: "wr/s",
    iops: "io/s",
    eps: "evt/s",
    mps: "msg/s",
    recps: "rec/s",
    rowsps: "rows/s",
    cpm: "c/m",
    opm: "ops/m",
    reqpm: "req/m",
    rpm: "rd/m",
    wpm: "wr/m",
    epm: "evts/m",
    mpm: "msgs/m",
    recpm: "rec/m",
    rowspm: "rows/m",
  };
  const currencies: Record<string, string> = { USD: "$", GBP: "£", EUR: "€", JPY: "¥", CHF: "CHF", INR: "₹" };
  const suffixes: Record<string, string> = {
    percent: "%",
    humidity: "%H",
    dB: " dB",
    celsius: " °C",
    fahrenheit: " °F",
    kelvin: " K",
    ppm: " ppm",
    lengthm: " m",
  };
  const seconds: Record<string, number> = {
    ns: 1e-9,
    µs: 1e-6,
    ms: 1e-3,
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
  };
  // Below the first number the second divides, and the third is what stands behind.
  const times: readonly (readonly [below: number, by: number, unit: string])[] = [
    [1e-6, 1e-9, "ns"],
    [1e-3, 1e-6, "µs"],
    [1, 1e-3, "ms"],
    [60, 1, "s"],
    [3600, 60, "min"],
    [86_400, 3600, "hour"],
    [604_800, 86_400, "day"],
    [31_536_000, 604_800, "week"],
    [Number.POSITIVE_INFINITY, 31_536_000, "year"],
  ];

  const decimalsFor = (value: number): number => {
    if (value === 0 || value % 1 === 0) return 0;
    // Three digits count; of a number below 0 two.
    return Math.max(0, (value > 0 ? 2 : 1) - Math.floor(Math.log10(Math.abs(value))));
  };
  const fixed = (value: number, places?: number): string => {
    const wanted = Math.min(15, places ?? decimalsFor(value));
    const factor = 10 ** wanted;
    const rounded = Math.round(value * factor) / factor;
    if (places === undefined || value === 0 || Math.abs(rounded) >= 1e21) return String(rounded === 0 ? 0 : rounded);
    return rounded.toFixed(wanted);
  };
  const scaled = (
    value: number,
    factor: number,
    prefixes: readonly string[],
    places: number | undefined,
    first = 0,
  ): readonly [string, string] => {
    let size = value;
    let step = first;
    while (Math.abs(size) >= factor && step < prefixes.length - 1) {
      size /= factor;
      step++;
    }
    return [fixed(size, places), prefixes[step] ?? ""];
  };
  const duration = (value: number, places: number | undefined): string => {
    if (value === 0) return "0 s";
    const [, by, unit] = times.find(([below]) => Math.abs(value) < below) ?? [0, 1, "s"];
    return `${fixed(value / by, places)} ${unit}`;
  };
  const parts = (value: number): string => {
    const names: readonly (readonly [number, string])[] = [
      [31_536_000, "year"],
      [2_628_000, "month"],
      [604_800, "week"],
      [86_400, "day"],
      [3600, "hour"],
      [60, "minute"],
      [1, "second"],
    ];
    let rest = Math.round(Math.abs(value));
    const found: string[] = [];
    for (const [length, name] of names) {
      const count = Math.floor(rest / length);
      rest -= count * length;
      if (count > 0 && found.length < 2) found.push(`${count} ${name}${count === 1 ? "" : "s"}`);
    }
    return `${found.join(", ") || "0 seconds"}${value < 0 ? " ago" : ""}`;
  };

  return (value, unit = "short", decimals) => {
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
    const size = prefixed[unit];
    if (size !== undefined) {
      const [factor, prefixes, name, first] = size;
      const [text, prefix] = scaled(value, factor, prefixes, decimals, first);
      return `${text} ${prefix}${name}`.trimEnd();
    }
    const symbol = perTime[unit];
    if (symbol !== undefined) {
      const [text, prefix] = scaled(value, 1000, counts, decimals);
      return `${text}${prefix} ${symbol}`;
    }
    if (unit === "percentunit") return `${fixed(value * 100, decimals)}%`;
    const second = seconds[unit];
    if (second !== undefined) return duration(value * second, decimals);
    if (unit === "dtdurations") return parts(value);
    if (unit === "dtdurationms") return parts(value / 1000);
    if (unit.startsWith("currency")) {
      const sign = currencies[unit.slice(8)] ?? `${unit.slice(8)} `;
      return `${value < 0 ? "-" : ""}${sign}${scaled(Math.abs(value), 1000, counts, decimals).join("")}`;
    }
    if (unit === "dateTimeAsIso") return new Date(value).toISOString().slice(0, 19).replace("T", " ");
    if (unit === "bool") return value === 0 ? "False" : "True";
    if (unit === "bool_yes_no") return value === 0 ? "No" : "Yes";
    if (unit === "bool_on_off") return value === 0 ? "Off" : "On";
    if (unit === "none" || unit === "string") return fixed(value, decimals);
    return `${fixed(value, decimals)}${suffixes[unit] ?? ` ${unit}`}`;
  };
}

/** Prints numbers as Grafana does: `formatValue(0.0123, "s")` is `12.3 ms`. */
export const formatValue: FormatValue = valueFormatter();
