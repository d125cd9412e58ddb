import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { dateField, dnsLabelField, lineField } from "./field.ts";

/** A risk of a permission that somebody has looked at and decided to carry. */
export interface AcceptedRisk {
  readonly name: DnsLabel;
  /** The risk, as the finding names it: `create-workloads`. */
  readonly risk: string;
  /** Name of the role that carries it. */
  readonly role: string;
  readonly because: string;
  readonly approvedBy: string;
  /** The last day on which it is accepted; for good when left out. */
  readonly until?: string;
  readonly source?: SourceLocation;
}

export interface AcceptedRiskInput {
  /** A DNS label: `developers-run-code`. */
  name: string;
  /** The risk, as the finding names it: `create-workloads`. */
  risk: string;
  /** Name of the role that carries it. */
  role: string;
  /** One sentence: why it has to be, and what keeps it small. */
  because: string;
  approvedBy: string;
  /** The last day on which it is accepted. @default for good */
  until?: string;
}

export const acceptedRiskSchema: z.ZodType<AcceptedRisk, AcceptedRiskInput> = z.strictObject({
  name: dnsLabelField,
  risk: lineField,
  role: lineField,
  because: lineField,
  approvedBy: lineField,
  until: dateField.exactOptional(),
});
