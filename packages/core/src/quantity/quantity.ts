/**
 * Kubernetes resource quantities, exactly: integers of one billionth, as apimachinery keeps them at most.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export interface Quantity {
  /** The amount in billionths (nano), rounded up as the API server does. */
  readonly nanos: bigint;
  /** The family of suffixes that it is printed with. */
  readonly format: QuantityFormat;
}

export type QuantityFormat = "binary" | "decimal" | "exponent";

const NANO = 1_000_000_000n;

interface Suffix {
  readonly text: string;
  readonly nanos: bigint;
}

const decimalSuffixes: readonly Suffix[] = [
  { text: "E", nanos: NANO * 10n ** 18n },
  { text: "P", nanos: NANO * 10n ** 15n },
  { text: "T", nanos: NANO * 10n ** 12n },
  { text: "G", nanos: NANO * 10n ** 9n },
  { text: "M", nanos: NANO * 10n ** 6n },
  { text: "k", nanos: NANO * 10n ** 3n },
  { text: "", nanos: NANO },
  { text: "m", nanos: 1_000_000n },
  { text: "u", nanos: 1_000n },
  { text: "n", nanos: 1n },
];

const binarySuffixes: readonly Suffix[] = [
  { text: "Ei", nanos: NANO * 2n ** 60n },
  { text: "Pi", nanos: NANO * 2n ** 50n },
  { text: "Ti", nanos: NANO * 2n ** 40n },
  { text: "Gi", nanos: NANO * 2n ** 30n },
  { text: "Mi", nanos: NANO * 2n ** 20n },
  { text: "Ki", nanos: NANO * 2n ** 10n },
];

const suffixesByText: ReadonlyMap<string, Suffix & { format: QuantityFormat }> = new Map(
  [
    ...decimalSuffixes.map((suffix): Suffix & { format: QuantityFormat } => ({ ...suffix, format: "decimal" })),
    ...binarySuffixes.map((suffix): Suffix & { format: QuantityFormat } => ({ ...suffix, format: "binary" })),
  ].map((suffix) => [suffix.text, suffix]),
);

const grammar = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([eE])([+-]?\d{1,3})|([EPTGMkmun]|[EPTGMK]i)?)$/;
// Larger amounts than the largest signed 64-bit number are capped by the API server; nobody means them.
const MAX_NANOS = (2n ** 63n - 1n) * NANO;

/**
 * The quantity that a text means, or `undefined` when it is not one.
 *
 * @example
 * parseQuantity("1.5Gi"); // { nanos: 1610612736000000000n, format: "binary" }
 * parseQuantity("20 GB"); // undefined
 */
export function parseQuantity(text: string): Quantity | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, sign = "", digits = "", exponentMark, exponent, suffixText = ""] = match;
  const [whole = "", fraction = ""] = digits.split(".");
  const significand = BigInt(`${whole}${fraction}`);
  const suffix = suffixesByText.get(suffixText);
  if (suffix === undefined) return undefined;
  const scale = exponentMark === undefined ? 0 : Number(exponent);
  const numerator = significand * suffix.nanos * 10n ** BigInt(Math.max(scale, 0));
  const denominator = 10n ** BigInt(fraction.length + Math.max(-scale, 0));
  const magnitude = ceilDivide(numerator, denominator);
  if (magnitude > MAX_NANOS) return undefined;
  return {
    nanos: sign === "-" ? -magnitude : magnitude,
    format: exponentMark === undefined ? suffix.format : "exponent",
  };
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum, printed in the format of the first. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.format };
}

/**
 * The canonical text, as the API server writes it back: no fraction, the largest suffix that keeps the number whole.
 *
 * @example
 * printQuantity({ nanos: 1_500_000_000n, format: "decimal" }); // "1500m"
 */
export function printQuantity(quantity: Quantity): string {
  const sign = quantity.nanos < 0n ? "-" : "";
  const magnitude = quantity.nanos < 0n ? -quantity.nanos : quantity.nanos;
  if (magnitude === 0n) return "0";
  // A binary quantity below 1024 or with a fraction is printed in decimal form: apimachinery quantity.go, CanonicalizeBytes.
  if (quantity.format === "binary" && magnitude >= 1024n * NANO && magnitude % NANO === 0n) {
    const suffix = binarySuffixes.find(({ nanos }) => magnitude % nanos === 0n);
    return suffix === undefined ? `${sign}${magnitude / NANO}` : `${sign}${magnitude / suffix.nanos}${suffix.text}`;
  }
  const suffix = decimalSuffixes.find(({ nanos }) => magnitude % nanos === 0n) ?? { text: "n", nanos: 1n };
  const amount = `${sign}${magnitude / suffix.nanos}`;
  if (quantity.format !== "exponent") return `${amount}${suffix.text}`;
  const exponent = suffix.nanos.toString().length - NANO.toString().length;
  return exponent === 0 ? amount : `${amount}e${exponent}`;
}

/** Divides by a positive number and rounds away from zero's side downwards: up. */
function ceilDivide(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
