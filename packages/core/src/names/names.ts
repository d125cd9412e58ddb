/** A name that the API server accepts as an RFC 1123 label: at most 63 of `a-z 0-9 -`, beginning and ending with a letter or digit. */
export type DnsLabel = string & { readonly [dnsLabelBrand]: true };
/** A name that the API server accepts as an RFC 1123 subdomain: DNS labels joined by dots, at most 253 characters. */
export type DnsSubdomain = string & { readonly [dnsSubdomainBrand]: true };
/** A label or annotation key: an optional DNS subdomain and a slash, then at most 63 of `A-Z a-z 0-9 - _ .`. */
export type LabelKey = string & { readonly [labelKeyBrand]: true };
/** A label value: empty, or at most 63 of `A-Z a-z 0-9 - _ .`, beginning and ending with a letter or digit. */
export type LabelValue = string & { readonly [labelValueBrand]: true };

declare const dnsLabelBrand: unique symbol;
declare const dnsSubdomainBrand: unique symbol;
declare const labelKeyBrand: unique symbol;
declare const labelValueBrand: unique symbol;

/** One syntax of names: its pattern and length, and what to tell somebody who missed it. */
export interface NameRule {
  readonly title: string;
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly expected: string;
  readonly example: string;
}

// The patterns of k8s.io/apimachinery/pkg/util/validation/validation.go.
const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const qualified = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";

export const dnsLabelRule: NameRule = {
  title: "DNS label",
  pattern: new RegExp(`^${label}$`),
  maxLength: 63,
  expected: "at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit",
  example: '"product-catalog"',
};

export const dnsSubdomainRule: NameRule = {
  title: "DNS subdomain",
  pattern: new RegExp(`^${label}(\\.${label})*$`),
  maxLength: 253,
  expected:
    "at most 253 lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit",
  example: '"shop.example.com"',
};

export const labelValueRule: NameRule = {
  title: "label value",
  pattern: new RegExp(`^(${qualified})?$`),
  maxLength: 63,
  expected: "empty, or at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit",
  example: '"astronomy-shop"',
};

const labelNameRule: NameRule = {
  title: "label key",
  pattern: new RegExp(`^${qualified}$`),
  maxLength: 63,
  expected: "an optional DNS subdomain and '/', then at most 63 letters, digits, '-', '_' and '.'",
  example: '"app.kubernetes.io/name"',
};

function follows(rule: NameRule, value: string): boolean {
  return value.length <= rule.maxLength && rule.pattern.test(value);
}

/** True when the API server would take the value as an RFC 1123 label. */
export function isDnsLabel(value: string): value is DnsLabel {
  return follows(dnsLabelRule, value);
}

/** True when the API server would take the value as an RFC 1123 subdomain. */
export function isDnsSubdomain(value: string): value is DnsSubdomain {
  return follows(dnsSubdomainRule, value);
}

/** True when the API server would take the value as the key of a label or an annotation. */
export function isLabelKey(value: string): value is LabelKey {
  const slash = value.indexOf("/");
  if (slash === -1) return follows(labelNameRule, value);
  return isDnsSubdomain(value.slice(0, slash)) && follows(labelNameRule, value.slice(slash + 1));
}

/** True when the API server would take the value as the value of a label. */
export function isLabelValue(value: string): value is LabelValue {
  return follows(labelValueRule, value);
}

/** Why a value does not follow a rule, or `undefined` when it does. */
export function nameProblem(rule: NameRule, value: string): string | undefined {
  if (value === "" && !rule.pattern.test("")) return `is empty, which is not a ${rule.title}`;
  if (value.length > rule.maxLength)
    return `has ${value.length} characters; a ${rule.title} has at most ${rule.maxLength}`;
  if (!rule.pattern.test(value)) return `${JSON.stringify(value)} is not a ${rule.title}`;
  return undefined;
}

/** The name of `candidates` that was most likely meant, or `undefined` when none is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || distance < best.distance) best = { candidate, distance };
  }
  return best !== undefined && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Typing errors between two words: insertions, deletions, substitutions, and neighbours that changed places (optimal string alignment). */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const distance = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      rows[row]?.push(distance);
    }
  }
  return at(from.length, to.length);
}
