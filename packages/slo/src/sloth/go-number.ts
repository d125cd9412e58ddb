/**
 * A number as Go's `%g` prints it: the shortest digits, with an exponent below 1e-4 and from 1e6 on. JavaScript prints one only below 1e-6.
 *
 * @see https://pkg.go.dev/strconv#FormatFloat (format 'g', precision -1)
 */
export function formatGoNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return `${mantissa}e${exponent.startsWith("-") ? "-" : "+"}${exponent.slice(1).padStart(2, "0")}`;
}
