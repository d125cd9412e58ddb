import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { dateField, dnsLabelField, dnsSubdomainField, lineField } from "./field.ts";

/** More than somebody's daily permissions, for a reason and until a day. */
export interface BreakGlass {
  readonly name: DnsLabel;
  /** A group of the identity provider; empty in quiet times, and nobody's daily group. */
  readonly group: string;
  /** Name of the role that it holds. */
  readonly role: string;
  readonly environment: DnsLabel;
  /** The team in whose namespace it holds; in the whole cluster when left out. */
  readonly team?: DnsLabel;
  readonly because: string;
  readonly ticket: string;
  readonly approvedBy: string;
  /** The last day on which it holds. */
  readonly until: string;
  readonly source?: SourceLocation;
}

export interface BreakGlassInput {
  /** A DNS label: `payment-incident`. */
  name: string;
  /** A group of the identity provider; empty in quiet times, and nobody's daily group. */
  group: string;
  /** Name of the role that it holds: `namespace-admin`, `platform-admin`. */
  role: string;
  environment: string;
  /** The team in whose namespace it holds. @default the whole cluster */
  team?: string;
  /** One sentence: why this cannot wait for the usual way. */
  because: string;
  ticket: string;
  approvedBy: string;
  /** The last day on which it holds: `2026-12-31`. */
  until: string;
}

export const breakGlassSchema: z.ZodType<BreakGlass, BreakGlassInput> = z.strictObject({
  name: dnsLabelField,
  group: lineField,
  role: dnsSubdomainField,
  environment: dnsLabelField,
  team: dnsLabelField.exactOptional(),
  because: lineField,
  ticket: lineField,
  approvedBy: lineField,
  until: dateField,
});
