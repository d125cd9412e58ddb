import { z } from "zod";
import { parseDuration } from "../duration/duration.ts";
import {
  type DnsLabel,
  type DnsSubdomain,
  dnsLabelRule,
  dnsSubdomainRule,
  isDnsLabel,
  isDnsSubdomain,
  type NameRule,
  nameProblem,
} from "../names/names.ts";
import { cidrProblem, ipProblem } from "../network/cidr.ts";
import { parseQuantity } from "../quantity/quantity.ts";

/** What a schema says about itself: read by the findings (expected, example) and by the JSON Schema (examples). */
export interface FieldMeta {
  description?: string;
  expected: string;
  /** As typed in TypeScript. */
  example: string;
  pattern?: string;
  maxLength?: number;
}

/** A string field whose value is checked by `problem`, which says what is wrong or `undefined`. */
export function textField(problem: (value: string) => string | undefined, meta: FieldMeta): z.ZodType<string, string> {
  return z
    .string()
    .check((context) => {
      const message = problem(context.value);
      if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
    })
    .meta({ ...meta });
}

function namedField<Name extends string>(
  rule: NameRule,
  isName: (value: string) => value is Name,
): z.ZodType<Name, string> {
  return z
    .string()
    .transform((value, context): Name => {
      if (isName(value)) return value;
      context.issues.push({
        code: "custom",
        message: nameProblem(rule, value) ?? `is not a ${rule.title}`,
        input: value,
      });
      return z.NEVER;
    })
    .meta({ expected: rule.expected, example: rule.example, pattern: rule.pattern.source, maxLength: rule.maxLength });
}

export const dnsLabelField: z.ZodType<DnsLabel, string> = namedField(dnsLabelRule, isDnsLabel);
export const dnsSubdomainField: z.ZodType<DnsSubdomain, string> = namedField(dnsSubdomainRule, isDnsSubdomain);

export const quantityField: z.ZodType<string, string> = textField(
  (value) => {
    const quantity = parseQuantity(value);
    if (quantity === undefined) return `${JSON.stringify(value)} is not a Kubernetes quantity`;
    return quantity.nanos < 0n ? `${JSON.stringify(value)} is negative` : undefined;
  },
  { expected: "a number with an optional suffix: m, k, M, G, T, Ki, Mi, Gi, Ti", example: '"40Gi"' },
);

export const durationField: z.ZodType<string, string> = textField(
  (value) => {
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) return `${JSON.stringify(value)} is not a Prometheus duration`;
    return milliseconds === 0 ? "is zero" : undefined;
  },
  { expected: "whole numbers with units, largest first: y, w, d, h, m, s, ms", example: '"1h30m"' },
);

export const cidrField: z.ZodType<string, string> = textField(cidrProblem, {
  expected: "an IPv4 or IPv6 network with its prefix length",
  example: '"10.0.0.0/16"',
});

export const ipField: z.ZodType<string, string> = textField(ipProblem, {
  expected: "an IPv4 or IPv6 address",
  example: '"10.0.0.10"',
});

/** A day of the calendar. */
export const dateField: z.ZodType<string, string> = textField(
  (value) => (isDate(value) ? undefined : `${JSON.stringify(value)} is not a day`),
  { expected: "a day of the calendar: year, month, day", example: '"2027-03-31"' },
);

/** True for `2027-03-31`, and for no day that the calendar does not have. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

export const httpsUrlField: z.ZodType<string, string> = textField(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url?.protocol === "https:" || url?.protocol === "http:"
      ? undefined
      : `${JSON.stringify(value)} is not an http(s) URL`;
  },
  { expected: "an absolute URL", example: '"https://github.com/example/platform"' },
);

/** Free text of one line. */
export const lineField: z.ZodType<string, string> = textField(
  (value) => (value.trim() === "" ? "is empty" : /[\n\r]/.test(value) ? "has more than one line" : undefined),
  { expected: "one line of text", example: '"Takes the order"' },
);

export const portNumberField: z.ZodType<number, number> = z
  .int()
  .min(1)
  .max(65535)
  .meta({ expected: "a whole number from 1 to 65535", example: "8080" });

export const percentField: z.ZodType<number, number> = z
  .number()
  .min(0)
  .max(100)
  .meta({ expected: "a number from 0 to 100", example: "10" });

/** A time zone of the IANA database. */
export const timeZoneField: z.ZodType<string, string> = textField(
  (value) =>
    value === "UTC" || Intl.supportedValuesOf("timeZone").includes(value)
      ? undefined
      : `${JSON.stringify(value)} is not a time zone`,
  { expected: "an IANA time zone", example: '"Europe/Berlin"' },
);
