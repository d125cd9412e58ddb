/**
 * A number as PromQL prints it: all digits, no exponent.
 *
 * @see https://pkg.go.dev/strconv#FormatFloat (format 'f', precision -1)
 */
export function formatDecimal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * A number with an exponent where it is below 1e-4 or not below 1e6.
 *
 * @see https://pkg.go.dev/fmt (the verb %v)
 */
export function formatShortest(value: number): string {
  const exponent = value === 0 || !Number.isFinite(value) ? 0 : Number(value.toExponential().split("e")[1] ?? 0);
  if (exponent >= -4 && exponent < 6) return formatDecimal(value);
  const [mantissa = "", written = ""] = value.toExponential().split("e");
  return `${mantissa}e${written.slice(0, 1)}${written.slice(1).padStart(2, "0")}`;
}

const largestInteger = 2n ** 63n - 1n;

/**
 * The value of a number as PromQL writes it; `undefined` where it is too large. A leading zero makes a whole number octal.
 *
 * @see https://pkg.go.dev/strconv#ParseInt (base 0)
 */
export function parseNumber(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  if (/^\d{1,15}$/.test(digits)) return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  const lower = digits.toLowerCase();
  if (lower === "inf") return Number.POSITIVE_INFINITY;
  if (lower === "nan") return Number.NaN;
  if (lower.startsWith("0x")) return BigInt(lower) > largestInteger ? undefined : Number(lower);
  if (/^0[0-7]+$/.test(digits)) {
    const octal = BigInt(`0o${digits.slice(1)}`);
    return octal > largestInteger ? Number(digits) : Number(octal);
  }
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
